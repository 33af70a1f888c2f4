package org.rankgrid.testkit;

import java.util.SplittableRandom;

/** Matrices and loops over them, as plain as can be: the oracle for everything that decomposes. All row-major. */
final class NaiveMatrices {

    private NaiveMatrices() {}

    /** Values between -1 and 1. */
    static double[] random(int rows, int columns, long seed) {
        return new SplittableRandom(seed).doubles((long) rows * columns, -1, 1).toArray();
    }

    /** A symmetric matrix with values between -1 and 1. */
    static double[] randomSymmetric(int n, long seed) {
        double[] a = random(n, n, seed);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[j * n + i] = a[i * n + j];
            }
        }
        return a;
    }

    /** A product of n Householder reflections: an orthogonal matrix. */
    static double[] randomOrthogonal(int n, long seed) {
        double[] q = identity(n);
        for (int k = 0; k < n; k++) {
            double[] v = random(n, 1, 1000 * seed + k);
            double[] reflection = identity(n);
            double square = squaredNorm(v);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    reflection[i * n + j] -= 2 * v[i] * v[j] / square;
                }
            }
            q = multiply(q, reflection, n, n, n);
        }
        return q;
    }

    /** A symmetric matrix with these eigenvalues. */
    static double[] symmetricWith(double[] eigenvalues, long seed) {
        int n = eigenvalues.length;
        double[] q = randomOrthogonal(n, seed);
        return multiply(scaleColumns(q, eigenvalues, n, n), transpose(q, n, n), n, n, n);
    }

    /** An m by n matrix with these min(m, n) singular values. */
    static double[] rectangularWith(double[] singularValues, int m, int n, long seed) {
        double[] middle = new double[m * n];
        for (int k = 0; k < singularValues.length; k++) {
            middle[k * n + k] = singularValues[k];
        }
        double[] left = multiply(randomOrthogonal(m, seed), middle, m, m, n);
        return multiply(left, randomOrthogonal(n, seed + 1), m, n, n);
    }

    static double[] identity(int n) {
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * n + i] = 1;
        }
        return identity;
    }

    static double[] multiply(double[] a, double[] b, int m, int k, int n) {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += a[i * k + p] * b[p * n + j];
                }
            }
        }
        return c;
    }

    static double[] transpose(double[] a, int m, int n) {
        double[] transpose = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                transpose[j * m + i] = a[i * n + j];
            }
        }
        return transpose;
    }

    static double[] scaleColumns(double[] a, double[] factors, int m, int n) {
        double[] scaled = a.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] *= factors[j];
            }
        }
        return scaled;
    }

    static double[] scale(double[] a, double factor) {
        double[] scaled = a.clone();
        for (int i = 0; i < a.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    static double[] subtract(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    static double squaredNorm(double[] a) {
        double sum = 0;
        for (double value : a) {
            sum += value * value;
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(squaredNorm(a));
    }
}
