package org.rankgrid.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rankgrid.cli.bench.Oracle;
import org.rankgrid.cli.bench.RandomValues;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** Log-probabilities of one token a row under the head of SmolLM2-135M. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LogProbabilityBenchmark {

    private static final int HIDDEN = 576;

    /** v. */
    @Param("49152")
    public int vocabulary = 49152;

    /** t, every one asked. */
    @Param({"64", "512", "2048"})
    public int rows = 64;

    private Tensor hidden;
    private Matrix head;
    private int[] asked;
    private int[] targets;
    private double[] logProbabilities;
    private int[] best;

    /** Builds the head and checks some rows. */
    @Setup
    public void prepare(OpenBackend backend) {
        float[] x = RandomValues.of(rows, HIDDEN, 1);
        float[] weight = RandomValues.of(vocabulary, HIDDEN, 2);
        for (int i = 0; i < weight.length; i++) {
            // Logits of the spread a trained model has.
            weight[i] *= 0.2f;
        }
        hidden = backend.scope().upload(x, rows, HIDDEN);
        head = backend.scope().pack(RowSource.of(weight, vocabulary, HIDDEN));
        asked = new int[rows];
        targets = new int[rows];
        for (int t = 0; t < rows; t++) {
            asked[t] = t;
            targets[t] = (int) (7919L * t % vocabulary);
        }
        logProbabilities = new double[rows];
        best = new int[rows];
        check(backend, x, weight);
    }

    /** All rows. */
    @Benchmark
    public double[] logProbabilities(OpenBackend backend, Work work) {
        backend.operations().logProbabilities(hidden, asked, targets, head, 0, logProbabilities, best);
        work.add(2.0 * rows * vocabulary * HIDDEN, backend.threadCount());
        return logProbabilities;
    }

    private void check(OpenBackend backend, float[] x, float[] weight) {
        backend.operations().logProbabilities(hidden, asked, targets, head, 0, logProbabilities, best);
        for (int t : Oracle.sample(rows, 3)) {
            double[] row = Oracle.row(x, t, HIDDEN);
            double sum = 0;
            double target = 0;
            for (int i = 0; i < vocabulary; i++) {
                double logit = Oracle.dot(weight, i, row)[0];
                sum += Math.exp(logit);
                target = i == targets[t] ? logit : target;
            }
            double expected = target - Math.log(sum);
            Oracle.require("log-probability of row " + t, logProbabilities[t], expected, Math.abs(expected));
        }
    }
}
