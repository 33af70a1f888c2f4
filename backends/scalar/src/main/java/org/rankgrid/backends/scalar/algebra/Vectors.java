package org.rankgrid.backends.scalar.algebra;

/**
 * Loops over whole rows, each an array of its own: the compiler turns these into vector instructions, and would not if the
 * rows were stretches of one array, which it cannot prove apart.
 */
final class Vectors {

    private Vectors() {}

    /** The rows of a row-major matrix, copied. */
    static double[][] rows(double[] a, int rows, int columns) {
        double[][] copy = new double[rows][];
        for (int i = 0; i < rows; i++) {
            copy[i] = new double[columns];
            System.arraycopy(a, i * columns, copy[i], 0, columns);
        }
        return copy;
    }

    /** The columns of a row-major matrix, copied. */
    static double[][] columns(double[] a, int rows, int columns) {
        double[][] copy = new double[columns][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                copy[j][i] = a[i * columns + j];
            }
        }
        return copy;
    }

    /** The row-major matrix with these columns. */
    static double[] fromColumns(double[][] columns, int rows) {
        double[] a = new double[rows * columns.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns.length; j++) {
                a[i * columns.length + j] = columns[j][i];
            }
        }
        return a;
    }

    /** y = y + factor x over [from, to). */
    static void axpy(double factor, double[] x, double[] y, int from, int to) {
        for (int j = from; j < to; j++) {
            y[j] += factor * x[j];
        }
    }

    /** z = z - a x - b y over [from, to). */
    static void subtract(double a, double[] x, double b, double[] y, double[] z, int from, int to) {
        for (int j = from; j < to; j++) {
            z[j] -= a * x[j] + b * y[j];
        }
    }

    /** (x, y) becomes (c x - s y, s x + c y) over [from, to). */
    static void rotate(double[] x, double[] y, double c, double s, int from, int to) {
        for (int j = from; j < to; j++) {
            double u = x[j];
            double v = y[j];
            x[j] = c * u - s * v;
            y[j] = s * u + c * v;
        }
    }

    /** Inner product over [from, to), in four interleaved sums. */
    static double dot(double[] x, double[] y, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int j = from;
        for (; j + 3 < to; j += 4) {
            sum0 += x[j] * y[j];
            sum1 += x[j + 1] * y[j + 1];
            sum2 += x[j + 2] * y[j + 2];
            sum3 += x[j + 3] * y[j + 3];
        }
        for (; j < to; j++) {
            sum0 += x[j] * y[j];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** Multiplies a vector in place. */
    static void scale(double factor, double[] x, int from, int to) {
        for (int j = from; j < to; j++) {
            x[j] *= factor;
        }
    }
}
