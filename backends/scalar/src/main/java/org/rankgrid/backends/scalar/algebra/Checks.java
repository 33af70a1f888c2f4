package org.rankgrid.backends.scalar.algebra;

import org.rankgrid.spi.compute.DecompositionException;

/** Checks of what goes into a decomposition and of what comes out. */
public final class Checks {

    private Checks() {}

    /**
     * Refuses a matrix whose array has another size than its shape.
     *
     * @throws IllegalArgumentException with both
     */
    public static void shape(String operation, double[] a, int rows, int columns) {
        if (rows < 1 || columns < 1 || a.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    operation + ": " + a.length + " values are not a " + rows + " x " + columns + " matrix");
        }
    }

    /**
     * Refuses a matrix that does not fit its shape or has fewer rows than columns.
     *
     * @throws IllegalArgumentException with the shape
     */
    public static void tall(String operation, double[] a, int rows, int columns) {
        shape(operation, a, rows, columns);
        if (rows < columns) {
            throw new IllegalArgumentException(operation + ": a " + rows + " x " + columns + " matrix is not tall");
        }
    }

    /**
     * Refuses a triangle with a zero or non-finite value on its diagonal.
     *
     * @throws DecompositionException naming the first such value
     */
    public static void invertible(String operation, double[] triangle, int n) {
        for (int i = 0; i < n; i++) {
            double value = triangle[i * n + i];
            if (value == 0 || !Double.isFinite(value)) {
                throw new DecompositionException(
                        operation + ": value " + i + " on the diagonal is " + value + ", the triangle has no inverse");
            }
        }
    }

    /**
     * Refuses a matrix with an infinite value or one that is not a number.
     *
     * @throws DecompositionException naming the first such value
     */
    public static void finite(String operation, double[] a, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            finiteRow(operation, a, i, columns, columns);
        }
    }

    /**
     * Refuses a symmetric matrix with a value that is not finite on or below the diagonal.
     *
     * @throws DecompositionException naming the first such value
     */
    public static void finiteLower(String operation, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            finiteRow(operation, a, i, i + 1, n);
        }
    }

    private static void finiteRow(String operation, double[] a, int row, int count, int columns) {
        for (int j = 0; j < count; j++) {
            double value = a[row * columns + j];
            if (!Double.isFinite(value)) {
                throw new DecompositionException(operation + ": the value in row " + row + ", column " + j + " is "
                        + value + ", and only finite values can be decomposed");
            }
        }
    }

    /**
     * Refuses results that overflowed.
     *
     * @return the values themselves
     * @throws DecompositionException naming what is not finite
     */
    public static double[] finiteResult(String operation, String what, double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new DecompositionException(
                        operation + ": " + what + " beyond the range of double, scale the matrix");
            }
        }
        return values;
    }
}
