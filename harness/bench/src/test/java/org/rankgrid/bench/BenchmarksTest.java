package org.rankgrid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, at a tiny size: its own check of the result against plain loops is what is tested. */
class BenchmarksTest {

    @Test
    void linearLayersRunOnEveryHostBackend() throws RunnerException {
        Collection<RunResult> results = run(of(GemmBenchmark.class)
                .param("backend", "scalar", "vector", "openblas")
                .param("shape", "50x30")
                .param("rows", "5"));
        assertThat(results).hasSize(12).allSatisfy(BenchmarksTest::countsItsWork);
    }

    @Test
    void theLibrarysOwnProductRuns() throws RunnerException {
        assertThat(run(of(SgemmBenchmark.class).param("shape", "50x30").param("rows", "5")))
                .hasSize(1)
                .allSatisfy(BenchmarksTest::countsItsWork);
    }

    @Test
    void packingRuns() throws RunnerException {
        assertThat(run(of(PackBenchmark.class).param("backend", "vector").param("shape", "50x30")))
                .hasSize(2)
                .allSatisfy(BenchmarksTest::countsItsTraffic);
    }

    @Test
    void normsAndGatesRun() throws RunnerException {
        assertThat(run(of(NormBenchmark.class)
                        .param("backend", "scalar", "vector")
                        .param("columns", "37")
                        .param("rows", "5")))
                .hasSize(6)
                .allSatisfy(BenchmarksTest::countsItsTraffic);
    }

    @Test
    void attentionRuns() throws RunnerException {
        assertThat(run(of(AttentionBenchmark.class).param("backend", "vector").param("batch", "3x7")))
                .hasSize(1)
                .allSatisfy(BenchmarksTest::countsItsWork);
    }

    @Test
    void logProbabilitiesRun() throws RunnerException {
        assertThat(run(of(LogProbabilityBenchmark.class)
                        .param("backend", "vector")
                        .param("vocabulary", "301")
                        .param("rows", "5")))
                .hasSize(1)
                .allSatisfy(BenchmarksTest::countsItsWork);
    }

    @Test
    void momentsRun() throws RunnerException {
        assertThat(run(of(MomentsBenchmark.class)
                        .param("backend", "vector")
                        .param("columns", "24")
                        .param("rows", "515")))
                .hasSize(1)
                .allSatisfy(BenchmarksTest::countsItsWork);
    }

    @Test
    void eigenDecompositionsRun() throws RunnerException {
        assertThat(run(of(EigenBenchmark.class).param("size", "20"))).hasSize(2);
    }

    private static ChainedOptionsBuilder of(Class<?> benchmark) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        return benchmark == EigenBenchmark.class ? options : options.param("threads", "1");
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    private static void countsItsWork(RunResult result) {
        assertThat(result.getSecondaryResults())
                .containsKey("percentOfPeak")
                .hasEntrySatisfying(
                        "gflops", rate -> assertThat(rate.getScore()).isPositive());
    }

    private static void countsItsTraffic(RunResult result) {
        assertThat(result.getSecondaryResults())
                .containsKey("percentOfMemory")
                .hasEntrySatisfying(
                        "gigabytes", rate -> assertThat(rate.getScore()).isPositive());
    }
}
