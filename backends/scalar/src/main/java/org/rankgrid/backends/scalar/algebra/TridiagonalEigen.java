package org.rankgrid.backends.scalar.algebra;

import java.util.Arrays;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra.SymmetricEigen;

/**
 * Eigen-decomposition of a symmetric matrix: Householder reduction to a tridiagonal one, then the QL algorithm with implicit
 * shifts (Golub and Van Loan, 8.3; EISPACK tred2 and tql2). The rotations of many QL sweeps are collected and applied
 * together, see {@link Rotations}.
 */
final class TridiagonalEigen {

    /** Far more than ever needed: QL takes about 1.7 sweeps an eigenvalue. */
    private static final int MAX_SWEEPS = 60;

    private static final double EPSILON = Math.ulp(1.0);

    private final int n;
    private final double[] diagonal;
    private final double[] beside;

    /** Rows become the eigenvectors. */
    private final double[][] vectors;

    private TridiagonalEigen(double[][] a) {
        n = a.length;
        diagonal = new double[n];
        beside = new double[n];
        vectors = reduce(a);
    }

    /** Decomposes a matrix that is finite on and below the diagonal; nothing above is read. */
    static SymmetricEigen decompose(double[] a, int n) {
        double[] lower = a.clone();
        for (int i = 0; i < n; i++) {
            Arrays.fill(lower, i * n + i + 1, (i + 1) * n, 0);
        }
        Scaling scaling = Scaling.of(lower);
        double[][] rows = Vectors.rows(scaling.down(lower), n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                rows[j][i] = rows[i][j];
            }
        }
        TridiagonalEigen eigen = new TridiagonalEigen(rows);
        eigen.diagonalize();
        return eigen.sorted(scaling);
    }

    /** Makes the matrix tridiagonal by reflections from both sides; returns their product, transposed. */
    private double[][] reduce(double[][] a) {
        Reflector[] reflectors = new Reflector[n];
        double[] w = new double[n];
        for (int k = 0; k < n - 1; k++) {
            diagonal[k] = a[k][k];
            Reflector reflector = Reflector.clearing(a[k], k + 1);
            reflectors[k] = reflector;
            beside[k] = reflector.alpha();
            if (reflector.beta() != 0) {
                reflectBothSides(a, reflector, w);
            }
        }
        diagonal[n - 1] = a[n - 1][n - 1];
        return transposed(product(reflectors));
    }

    /** A = H A H = A - v wT - w vT with p = beta A v and w = p - (beta/2)(pT v) v. */
    private void reflectBothSides(double[][] a, Reflector reflector, double[] w) {
        int from = reflector.from();
        double[] v = reflector.v();
        Arrays.fill(w, from, n, 0);
        for (int i = from; i < n; i++) {
            Vectors.axpy(reflector.beta() * v[i], a[i], w, from, n);
        }
        Vectors.axpy(-0.5 * reflector.beta() * Vectors.dot(w, v, from, n), v, w, from, n);
        for (int i = from; i < n; i++) {
            Vectors.subtract(v[i], w, w[i], v, a[i], from, n);
        }
    }

    /** H0 H1 ... in rows, from the last factor to the first, so that each touches only what is not yet the unit matrix. */
    private double[][] product(Reflector[] reflectors) {
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
            q[i][i] = 1;
        }
        double[] combination = new double[n];
        for (int k = n - 2; k >= 0; k--) {
            double[] v = reflectors[k].v();
            int from = reflectors[k].from();
            Arrays.fill(combination, from, n, 0);
            for (int i = from; i < n; i++) {
                Vectors.axpy(reflectors[k].beta() * v[i], q[i], combination, from, n);
            }
            for (int i = from; i < n; i++) {
                Vectors.axpy(-v[i], combination, q[i], from, n);
            }
        }
        return q;
    }

    private static double[][] transposed(double[][] a) {
        int n = a.length;
        double[][] transposed = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }

    private void diagonalize() {
        double negligible = EPSILON * norm();
        Rotations rotations = new Rotations(vectors);
        for (int low = 0; low < n; low++) {
            int sweeps = 0;
            for (int high = endOfBlock(low, negligible); high > low; high = endOfBlock(low, negligible)) {
                if (sweeps++ == MAX_SWEEPS) {
                    throw new DecompositionException("symmetricEigen of a " + n + " x " + n + " matrix: eigenvalue "
                            + low + " did not converge in " + MAX_SWEEPS + " sweeps");
                }
                sweep(low, high, rotations);
            }
        }
        rotations.flush();
    }

    /** Largest sum of magnitudes in a row of the tridiagonal matrix. */
    private double norm() {
        double norm = 0;
        for (int i = 0; i < n; i++) {
            double before = i == 0 ? 0 : Math.abs(beside[i - 1]);
            norm = Math.max(norm, before + Math.abs(diagonal[i]) + Math.abs(beside[i]));
        }
        return norm;
    }

    /**
     * The last row of the unreduced block that begins at {@code low}. What is small beside the whole matrix counts as zero,
     * not only what is small beside its neighbours: in a block of mere rounding errors the latter might never happen.
     */
    private int endOfBlock(int low, double negligible) {
        int high = low;
        while (high < n - 1 && Math.abs(beside[high]) > negligible) {
            high++;
        }
        return high;
    }

    /** One QL sweep with Wilkinson's shift over the unreduced block from {@code low} to {@code high}. */
    private void sweep(int low, int high, Rotations rotations) {
        double g = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low]);
        g = diagonal[high] - diagonal[low] + beside[low] / (g + Math.copySign(Math.hypot(g, 1), g));
        double s = 1;
        double c = 1;
        double shift = 0;
        for (int i = high - 1; i >= low; i--) {
            double f = s * beside[i];
            double b = c * beside[i];
            double r = Math.hypot(f, g);
            beside[i + 1] = r;
            if (r == 0) {
                // The block falls apart here; what follows goes on with the lower part.
                diagonal[i + 1] -= shift;
                beside[high] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = diagonal[i + 1] - shift;
            r = (diagonal[i] - g) * s + 2 * c * b;
            shift = s * r;
            diagonal[i + 1] = g + shift;
            g = c * r - b;
            rotations.add(i, c, s);
        }
        diagonal[low] -= shift;
        beside[low] = g;
        beside[high] = 0;
    }

    private SymmetricEigen sorted(Scaling scaling) {
        int[] order = Order.descending(diagonal);
        double[] values = new double[n];
        double[][] sorted = new double[n][];
        for (int i = 0; i < n; i++) {
            values[i] = diagonal[order[i]];
            sorted[i] = vectors[order[i]];
            SignRule.applyToRows(sorted[i], 1, n);
        }
        return new SymmetricEigen(
                Checks.finiteResult("symmetricEigen", "eigenvalues", scaling.up(values)),
                Vectors.fromColumns(sorted, n));
    }
}
