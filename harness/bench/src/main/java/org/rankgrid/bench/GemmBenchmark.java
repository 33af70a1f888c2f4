package org.rankgrid.bench;

import java.util.Optional;
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
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** Linear layers, y = W x or y = A (B x) for t rows x, in the shapes of SmolLM2-135M and a square one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemmBenchmark {

    private static final double RATIO = 0.2;

    /** The weight, m by n. */
    @Param({"576x576", "1536x576", "576x1536", "49152x576", "2048x2048"})
    public String shape = "576x576";

    /** t. */
    @Param({"64", "512", "2048"})
    public int rows = 64;

    /** {@code dense}, or {@code two-factor}: the rank that removes a ratio of 0.2 of the weight's parameters. */
    @Param({"dense", "two-factor"})
    public String layer = "dense";

    private Tensor input;
    private Linear linear;
    private Tensor output;
    private double operations;
    private float[] oneRow;

    /** Builds the layer and checks its product. */
    @Setup
    public void prepare(OpenBackend backend) {
        int m = Integer.parseInt(shape, 0, shape.indexOf('x'), 10);
        int n = Integer.parseInt(shape, shape.indexOf('x') + 1, shape.length(), 10);
        float[] x = RandomValues.of(rows, n, 1);
        input = backend.scope().upload(x, rows, n);
        output = backend.scope().tensor(rows, m);
        oneRow = new float[m];
        if (layer.equals("dense")) {
            float[] w = RandomValues.of(m, n, 2);
            linear = new Linear.Dense(pack(backend, w, m, n), Optional.empty());
            operations = 2.0 * rows * m * n;
            check(backend, x, n, new float[][] {w});
        } else {
            int k = (int) ((1 - RATIO) * m * n / (m + n));
            float[] left = RandomValues.of(m, k, 2);
            float[] right = RandomValues.of(k, n, 3);
            linear = new Linear.LowRank(pack(backend, left, m, k), pack(backend, right, k, n), Optional.empty());
            operations = 2.0 * rows * k * (m + n);
            check(backend, x, n, new float[][] {right, left});
        }
    }

    /** One product. */
    @Benchmark
    public float[] product(OpenBackend backend, Work work) {
        backend.operations().linear(input, linear, output);
        backend.await(output, oneRow);
        work.add(operations, backend);
        return oneRow;
    }

    private static Matrix pack(OpenBackend backend, float[] values, int rows, int columns) {
        return backend.scope().pack(RowSource.of(values, rows, columns));
    }

    /** The factors are applied in turn; each is row-major and as wide as what it is applied to. */
    private void check(OpenBackend backend, float[] x, int n, float[][] factors) {
        backend.operations().linear(input, linear, output);
        for (int t : Oracle.sample(rows, 3)) {
            double[] row = Oracle.row(x, t, n);
            for (int f = 0; f < factors.length - 1; f++) {
                row = product(factors[f], row);
            }
            float[] last = factors[factors.length - 1];
            float[] actual = backend.row(output, t);
            for (int i : Oracle.sample(actual.length, 64)) {
                double[] expected = Oracle.dot(last, i, row);
                Oracle.require("y[" + t + "][" + i + "]", actual[i], expected[0], expected[1]);
            }
        }
    }

    private static double[] product(float[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Oracle.dot(matrix, i, x)[0];
        }
        return y;
    }
}
