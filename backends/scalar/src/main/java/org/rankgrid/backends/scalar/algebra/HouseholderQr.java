package org.rankgrid.backends.scalar.algebra;

import org.rankgrid.spi.compute.LinearAlgebra.ThinQr;

/**
 * Thin QR decomposition by Householder reflections (Golub and Van Loan, 5.2). Columns are taken four at a time through all
 * earlier reflections, so that they stay in the first cache meanwhile.
 */
final class HouseholderQr {

    private static final int GROUP = 4;

    private final int m;
    private final int n;
    private final double[][] columns;
    private final Reflector[] reflectors;

    private HouseholderQr(double[][] columns, int m) {
        this.columns = columns;
        this.m = m;
        this.n = columns.length;
        this.reflectors = new Reflector[n];
    }

    /** Decomposes a finite m by n matrix, m at least n. */
    static ThinQr decompose(double[] a, int m, int n) {
        Scaling scaling = Scaling.of(a);
        HouseholderQr qr = new HouseholderQr(Vectors.columns(scaling.down(a), m, n), m);
        double[] r = qr.triangularize();
        return new ThinQr(qr.orthonormal(), scaling.up(r));
    }

    private double[] triangularize() {
        double[] r = new double[n * n];
        for (int first = 0; first < n; first += GROUP) {
            int end = Math.min(first + GROUP, n);
            for (int k = 0; k < first; k++) {
                reflect(reflectors[k], columns, first, end);
            }
            for (int j = first; j < end; j++) {
                for (int k = first; k < j; k++) {
                    reflectors[k].apply(columns[j]);
                }
                for (int i = 0; i < j; i++) {
                    r[i * n + j] = columns[j][i];
                }
                reflectors[j] = Reflector.clearing(columns[j], j);
                r[j * n + j] = reflectors[j].alpha();
            }
        }
        return r;
    }

    /** Q: the reflections, last first, applied to the first n unit vectors. */
    private double[] orthonormal() {
        double[][] q = new double[n][m];
        for (int first = 0; first < n; first += GROUP) {
            int end = Math.min(first + GROUP, n);
            for (int j = first; j < end; j++) {
                q[j][j] = 1;
            }
            for (int k = end - 1; k >= 0; k--) {
                reflect(reflectors[k], q, first, end);
            }
        }
        return Vectors.fromColumns(q, m);
    }

    private static void reflect(Reflector reflector, double[][] vectors, int first, int end) {
        if (end - first == GROUP) {
            reflector.apply(vectors[first], vectors[first + 1], vectors[first + 2], vectors[first + 3]);
        } else {
            for (int j = first; j < end; j++) {
                reflector.apply(vectors[j]);
            }
        }
    }
}
