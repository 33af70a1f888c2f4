package org.rankgrid.cli.bench;

/**
 * The plain double loops that every result is held against, on a sample of its elements, before it is timed. They share
 * nothing with any backend.
 */
public final class Oracle {

    private Oracle() {}

    /** Where a range of so many is sampled: both ends and places between them that no block size divides evenly. */
    public static int[] sample(int count, int places) {
        int[] at = new int[Math.min(count, places)];
        for (int i = 0; i < at.length; i++) {
            at[i] = at.length == 1 ? 0 : Math.toIntExact((long) i * (count - 1) / (at.length - 1));
        }
        return at;
    }

    /** Row i of a row-major matrix times x, and the sum of the magnitudes of its terms: {value, magnitude}. */
    public static double[] dot(float[] matrix, int row, double[] x) {
        double sum = 0;
        double magnitude = 0;
        for (int j = 0; j < x.length; j++) {
            double term = matrix[row * x.length + j] * x[j];
            sum += term;
            magnitude += Math.abs(term);
        }
        return new double[] {sum, magnitude};
    }

    /** A row-major matrix times x. */
    public static double[] product(float[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = dot(matrix, i, x)[0];
        }
        return y;
    }

    /** One row of a row-major matrix. */
    public static double[] row(float[] matrix, int row, int columns) {
        double[] values = new double[columns];
        for (int j = 0; j < columns; j++) {
            values[j] = matrix[row * columns + j];
        }
        return values;
    }

    /**
     * Holds a value against the oracle's.
     *
     * @param scale magnitude of the terms that were summed
     * @throws IllegalStateException if they differ by more than 10^-5 of the scale, or the value is not a number
     */
    public static void require(String what, double actual, double expected, double scale) {
        if (!(Math.abs(actual - expected) <= 1e-5 * scale)) {
            throw new IllegalStateException(what + " is " + actual + ", and by plain loops " + expected
                    + ": a wrong result is not worth timing");
        }
    }
}
