package org.rankgrid.backends.scalar.algebra;

import org.rankgrid.spi.compute.DecompositionException;

/** Cholesky factor of a symmetric positive definite matrix, row by row (Golub and Van Loan, 4.2). */
final class Cholesky {

    private Cholesky() {}

    /** The lower factor of a matrix that is finite on and below the diagonal; nothing above is read. */
    static double[] decompose(double[] a, int n) {
        double[][] lower = Vectors.rows(a, n, n);
        for (int i = 0; i < n; i++) {
            double[] row = lower[i];
            for (int j = 0; j < i; j++) {
                row[j] = (row[j] - Vectors.dot(row, lower[j], 0, j)) / lower[j][j];
            }
            double pivot = row[i] - Vectors.dot(row, row, 0, i);
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                throw new DecompositionException("cholesky of a " + n + " x " + n
                        + " matrix: it is not positive definite, its leading " + (i + 1) + " x " + (i + 1)
                        + " block leaves the pivot " + pivot);
            }
            row[i] = Math.sqrt(pivot);
        }
        double[] result = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(lower[i], 0, result, i * n, i + 1);
        }
        return result;
    }
}
