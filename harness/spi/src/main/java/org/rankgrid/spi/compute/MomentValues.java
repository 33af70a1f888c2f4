package org.rankgrid.spi.compute;

/**
 * Moments of an activation x over calibration tokens, uncentred sums in double.
 *
 * @param columns n
 * @param gram sum of x xT, n by n, symmetric, row-major
 * @param groupTokens number of tokens of each group
 * @param groupSums for each group the sum of x, n values
 * @param absoluteSums sum of |x|, n values
 */
public record MomentValues(
        int columns, double[] gram, long[] groupTokens, double[][] groupSums, double[] absoluteSums) {

    /** Moments of a layer for which nothing was asked. */
    public static MomentValues none(int columns) {
        return new MomentValues(columns, new double[0], new long[0], new double[0][], new double[0]);
    }
}
