package org.rankgrid.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/**
 * A linear layer over random rows, y = W x or y = A (B x), ready to be computed again and again on a backend. What it computes
 * has been held against plain loops.
 */
public final class LinearWork implements AutoCloseable {

    /** What two factors remove of the weight's parameters. */
    private static final double RATIO = 0.2;

    private final Backend backend;
    private final Scope scope;
    private final Tensor input;
    private final Linear linear;
    private final Tensor output;
    private final double operations;
    private final float[] oneRow;

    private LinearWork(Backend backend, Scope scope, Tensor input, Linear linear, double operations) {
        this.backend = backend;
        this.scope = scope;
        this.input = input;
        this.linear = linear;
        this.operations = operations;
        output = scope.tensor(input.rows(), linear.rows());
        oneRow = new float[linear.rows()];
    }

    /** How the weight is there. */
    public enum Layer {
        /** As it is. */
        DENSE,
        /** In two factors, of the rank that removes a fifth of its parameters. */
        TWO_FACTOR
    }

    /** How the weight is stored before the backend packs it. */
    public enum Stored {
        /** In 32 bits. */
        F32,
        /** In the upper 16 of them. */
        BF16;

        /** The rows of a weight stored so; m by n, row-major. */
        public RowSource rows(float[] values, int rows, int columns) {
            return this == BF16 ? new Bf16Rows(values, rows, columns) : RowSource.of(values, rows, columns);
        }
    }

    /**
     * Builds a layer and checks its product.
     *
     * @param rows t
     * @throws IllegalStateException if the product is wrong
     */
    public static LinearWork of(Backend backend, WeightShape shape, int rows, Layer layer, Stored stored) {
        Scope scope = backend.scope();
        try {
            float[] x = input(shape, rows);
            Tensor input = scope.upload(x, rows, shape.n());
            List<RowSource> factors = factors(shape, layer, stored);
            List<Matrix> packed = factors.stream().map(scope::pack).toList();
            Linear linear = packed.size() == 1
                    ? new Linear.Dense(packed.getFirst(), Optional.empty())
                    : new Linear.LowRank(packed.getLast(), packed.getFirst(), Optional.empty());
            double parameters = factors.stream()
                    .mapToDouble(factor -> (double) factor.rows() * factor.columns())
                    .sum();
            LinearWork work = new LinearWork(backend, scope, input, linear, 2.0 * rows * parameters);
            work.check(x, factors);
            return work;
        } catch (RuntimeException | Error failure) {
            scope.close();
            throw failure;
        }
    }

    /** The input, t by n: the same for everyone who asks. */
    public static float[] input(WeightShape shape, int rows) {
        return RandomValues.of(rows, shape.n(), 1);
    }

    /** The weight of a dense layer, m by n: the same for everyone who asks. */
    public static float[] weight(WeightShape shape) {
        return RandomValues.of(shape.m(), shape.n(), 2);
    }

    /** In the order in which they are applied. */
    private static List<RowSource> factors(WeightShape shape, Layer layer, Stored stored) {
        if (layer == Layer.DENSE) {
            return List.of(stored.rows(weight(shape), shape.m(), shape.n()));
        }
        int k = shape.rank(RATIO);
        return List.of(
                stored.rows(RandomValues.of(k, shape.n(), 3), k, shape.n()),
                stored.rows(RandomValues.of(shape.m(), k, 2), shape.m(), k));
    }

    private void check(float[] x, List<RowSource> factors) {
        run();
        float[][] values = factors.stream().map(RowSource::readAll).toArray(float[][]::new);
        float[] last = values[values.length - 1];
        for (int t : Oracle.sample(input.rows(), 3)) {
            double[] row = Oracle.row(x, t, input.columns());
            for (float[] factor : Arrays.copyOf(values, values.length - 1)) {
                row = Oracle.product(factor, row);
            }
            float[] actual = row(t);
            for (int i : Oracle.sample(actual.length, 64)) {
                double[] expected = Oracle.dot(last, i, row);
                Oracle.require("y[" + t + "][" + i + "]", actual[i], expected[0], expected[1]);
            }
        }
    }

    /** Computes the layer once and waits for it. */
    public float[] run() {
        backend.operations().linear(input, linear, output);
        backend.download(output, output.rows() - 1, 1, oneRow);
        return oneRow;
    }

    /** A row of the result. */
    public float[] row(int t) {
        float[] values = new float[output.columns()];
        backend.download(output, t, 1, values);
        return values;
    }

    /** Floating-point operations of a run, a multiply and an add counted as two. */
    public double operations() {
        return operations;
    }

    @Override
    public void close() {
        scope.close();
    }
}
