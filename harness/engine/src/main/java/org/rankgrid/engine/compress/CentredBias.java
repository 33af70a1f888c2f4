package org.rankgrid.engine.compress;

import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.spi.compute.RowSource;

/**
 * The bias of a layer approximated around a mean input c: y = A (B x - B c) + W c + b, so that the approximation is exact at c
 * (ALGORITHMS E.4). Sums in double.
 */
final class CentredBias {

    private CentredBias() {}

    /**
     * The bias at a rank, m values: b + W c - A (B c).
     *
     * @param dense W, m by n, and b
     * @param left A, m by k
     * @param right B, k by n
     * @param centre c, n values
     */
    static float[] of(LinearWeights dense, RowSource left, RowSource right, double[] centre) {
        if (!(dense instanceof LinearWeights.Dense(RowSource weight, var bias))) {
            throw new IllegalArgumentException(
                    "a layer that is compressed already has no dense output at its mean input");
        }
        double[] exact = product(weight, centre);
        double[] kept = product(left, product(right, centre));
        float[] before = bias.orElse(new float[exact.length]);
        float[] after = new float[exact.length];
        for (int i = 0; i < after.length; i++) {
            after[i] = (float) (before[i] + exact[i] - kept[i]);
        }
        return after;
    }

    /** Matrix times vector, a row at a time. */
    private static double[] product(RowSource matrix, double[] vector) {
        double[] product = new double[matrix.rows()];
        float[] row = new float[matrix.columns()];
        for (int i = 0; i < product.length; i++) {
            matrix.read(i, 1, row, 0);
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                sum += row[j] * vector[j];
            }
            product[i] = sum;
        }
        return product;
    }
}
