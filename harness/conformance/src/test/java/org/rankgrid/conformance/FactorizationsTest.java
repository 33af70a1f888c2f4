package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.run.GridRun;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Params;

/** Small grids over every factorization, end to end on the bundled model. */
class FactorizationsTest {

    private static final String GRID = """
            name: factorizations
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 12, length: 64, groups: 4}
            factorizations: FACTORIZATIONS
            allocators: [uniform]
            ratios: [0.2]
            tasks:
              - {id: concat, corpus: tinystories-test, window: 64, limit: 12}
            """;

    private static final String ALL = """
            [svd, asvd, {id: asvd, metric: rms, alpha: 1}, fwsvd, pca, svd-llm, pca-centred,
               {id: pca-centred, bias: false}, pca-pooled]""";

    @TempDir
    private static Path folder;

    private static final SequencedMap<String, CellResult> RESULTS = new LinkedHashMap<>();

    private static GridRun.Outcome outcome;

    @BeforeAll
    static void runAll() {
        outcome = run(ALL, (cell, result, failure) -> RESULTS.put(name(result), result));
    }

    @Test
    void everyFactorizationRuns() {
        assertThat(outcome.failed()).isZero();
        assertThat(RESULTS.keySet())
                .containsExactly(
                        "dense",
                        "svd",
                        "asvd {alpha=0.5, metric=mean, epsilon=1.0E-6}",
                        "asvd {alpha=1.0, metric=rms, epsilon=1.0E-6}",
                        "fwsvd {alpha=1.0}",
                        "pca",
                        "svd-llm",
                        "pca-centred {bias=true}",
                        "pca-centred {bias=false}",
                        "pca-pooled");
        assertThat(RESULTS.values())
                .allSatisfy(result -> assertThat(result.provenance().facts()).doesNotContainKey("repairs"));
    }

    @Test
    void theyStandInTheOrderTheirLossesSay() {
        assertThat(nll("svd-llm")).isCloseTo(nll("pca"), within(1e-4));
        assertThat(nll("pca-centred {bias=true}")).isLessThan(nll("pca"));
        assertThat(nll("pca-pooled")).isLessThan(nll("pca"));
        assertThat(nll("pca")).isLessThan(nll("pca-centred {bias=false}"));
        assertThat(nll("pca")).isLessThan(nll("asvd {alpha=0.5, metric=mean, epsilon=1.0E-6}"));
        assertThat(nll("asvd {alpha=0.5, metric=mean, epsilon=1.0E-6}")).isLessThan(nll("svd"));
        assertThat(nll("asvd {alpha=1.0, metric=rms, epsilon=1.0E-6}")).isLessThan(nll("svd"));
        assertThat(nll("fwsvd {alpha=1.0}")).isLessThan(nll("svd"));
        assertThat(nll("dense")).isLessThan(nll("pca-pooled"));
    }

    /** The linear layers of a block have 3 x 64 + 2 x 32 + 2 x 172 outputs and no bias; there are five blocks. */
    @Test
    void biasesAreOutsideTheBudgetButAreCounted() {
        long biases = 5 * (3 * 64 + 2 * 32 + 2 * 172);
        Params without = params("pca");
        for (String centred : new String[] {"pca-centred {bias=true}", "pca-pooled"}) {
            assertThat(result(centred).provenance().facts()).containsEntry("bias_parameters", biases);
            assertThat(params(centred).linearKept()).isEqualTo(without.linearKept());
            assertThat(params(centred).modelKept()).isEqualTo(without.modelKept() + biases);
        }
        for (String unbiased : new String[] {"dense", "pca", "pca-centred {bias=false}"}) {
            assertThat(result(unbiased).provenance().facts()).doesNotContainKey("bias_parameters");
        }
    }

    @Test
    void weightGradientsAreComputedOnce() {
        assertThat(outcome.sharedSeconds()).containsKey("weight gradients");
        GridRun.Outcome again = run("[{id: fwsvd, alpha: 0.5}]", (cell, result, failure) -> {});
        assertThat(again.sharedSeconds()).containsOnlyKeys("decompose");
        assertThat(again.failed()).isZero();
    }

    private static GridRun.Outcome run(String factorizations, GridRun.Listener listener) {
        Places places = new Places(folder);
        try (Machine machine = places.machine("vector", 2)) {
            return places.run(
                    GRID.replace("FACTORIZATIONS", factorizations),
                    machine,
                    "run",
                    OptionalInt.empty(),
                    Progress.NONE,
                    listener);
        }
    }

    private static String name(CellResult result) {
        return result.cell().factorization().orElse("dense")
                + (result.cell().factorizationOptions().isEmpty()
                        ? ""
                        : " " + result.cell().factorizationOptions());
    }

    private static CellResult result(String name) {
        return Objects.requireNonNull(RESULTS.get(name), name);
    }

    private static Params params(String name) {
        return result(name).params().orElseThrow();
    }

    private static double nll(String name) {
        return result(name).score("concat", "nll").orElseThrow().value();
    }
}
