package org.rankgrid.backends.scalar.algebra;

import java.util.Arrays;

/**
 * Matrix products. A row of the result grows by four rows of the right factor at a time, in panels of columns that stay in
 * the cache; the sums of an element always run in the same order.
 */
final class Products {

    /** Columns of a panel: a row of the result and four of the right factor fill 10 kB of the first cache. */
    private static final int PANEL = 256;

    private Products() {}

    /** a b; a is m by k, b is k by n. */
    static double[] multiply(double[] a, double[] b, int m, int k, int n) {
        return product(Vectors.rows(a, m, k), b, n, 1, n);
    }

    /** aT b; a is k by m, b is k by n. */
    static double[] multiplyTransposedLeft(double[] a, double[] b, int m, int k, int n) {
        return product(Vectors.columns(a, k, m), b, n, 1, n);
    }

    /** a bT; a is m by k, b is n by k. */
    static double[] multiplyTransposedRight(double[] a, double[] b, int m, int k, int n) {
        return product(Vectors.rows(a, m, k), b, 1, k, n);
    }

    /** The product of these rows and the k by n matrix whose value (p, j) stands at p rowStride + j columnStride of b. */
    private static double[] product(double[][] left, double[] b, int rowStride, int columnStride, int n) {
        int inner = left[0].length;
        int width = Math.min(PANEL, n);
        double[] result = new double[Math.multiplyExact(left.length, n)];
        double[][] panel = new double[inner][width];
        double[] sums = new double[width];
        for (int first = 0; first < n; first += width) {
            int columns = Math.min(width, n - first);
            for (int p = 0; p < inner; p++) {
                for (int j = 0; j < columns; j++) {
                    panel[p][j] = b[p * rowStride + (first + j) * columnStride];
                }
            }
            for (int i = 0; i < left.length; i++) {
                combine(left[i], panel, sums, columns);
                System.arraycopy(sums, 0, result, i * n + first, columns);
            }
        }
        return result;
    }

    /** The combination of the panel's rows with these factors. */
    private static void combine(double[] factors, double[][] panel, double[] sums, int columns) {
        Arrays.fill(sums, 0, columns, 0);
        int p = 0;
        for (; p + 3 < factors.length; p += 4) {
            addFour(factors, p, panel[p], panel[p + 1], panel[p + 2], panel[p + 3], sums, columns);
        }
        for (; p < factors.length; p++) {
            Vectors.axpy(factors[p], panel[p], sums, 0, columns);
        }
    }

    private static void addFour(
            double[] factors, int at, double[] x0, double[] x1, double[] x2, double[] x3, double[] y, int columns) {
        double a0 = factors[at];
        double a1 = factors[at + 1];
        double a2 = factors[at + 2];
        double a3 = factors[at + 3];
        for (int j = 0; j < columns; j++) {
            y[j] += a0 * x0[j] + a1 * x1[j] + a2 * x2[j] + a3 * x3[j];
        }
    }
}
