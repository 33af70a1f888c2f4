package org.rankgrid.backends.scalar.algebra;

import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra.ThinQr;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;

/**
 * Singular value decomposition of a tall matrix by one-sided Jacobi rotations (Golub and Van Loan, 8.6; Demmel and Veselic
 * 1992 for its accuracy). The eigenvectors of aT a come first: they leave columns that are orthogonal already as far as
 * the squared condition allows, and few rotations do the rest.
 */
final class JacobiSvd {

    private static final int MAX_SWEEPS = 40;

    private final int m;
    private final int n;
    private final double tolerance;

    /** Columns of the rotated matrix, in the end U diag(values). */
    private final double[][] work;

    /** Columns of V. */
    private final double[][] right;

    private final double[] norms;

    private JacobiSvd(double[] a, int m, int n) {
        this.m = m;
        this.n = n;
        tolerance = Math.ulp(1.0) * Math.max(8, Math.sqrt(m));
        double[] v = TridiagonalEigen.decompose(Products.multiplyTransposedLeft(a, a, n, m, n), n)
                .vectors();
        work = Vectors.columns(Products.multiply(a, v, m, n, n), m, n);
        right = Vectors.columns(v, n, n);
        norms = new double[n];
    }

    /** Decomposes a finite m by n matrix, m at least n. */
    static ThinSvd decompose(double[] a, int m, int n) {
        Scaling scaling = Scaling.of(a);
        double[] scaled = scaling.down(a);
        if (m == n) {
            return new JacobiSvd(scaled, n, n).decompose(scaling);
        }
        ThinQr qr = HouseholderQr.decompose(scaled, m, n);
        ThinSvd inner = new JacobiSvd(qr.r(), n, n).decompose(scaling);
        double[] left = Products.multiply(qr.q(), inner.left(), m, n, n);
        double[] right = inner.right();
        SignRule.applyToPairs(left, right, m, n, n);
        return new ThinSvd(left, inner.values(), right);
    }

    private ThinSvd decompose(Scaling scaling) {
        for (int j = 0; j < n; j++) {
            updateNorm(j);
        }
        int sweeps = 0;
        while (sweep() > 0) {
            if (++sweeps == MAX_SWEEPS) {
                throw new DecompositionException(
                        "thinSvd of a matrix with " + n + " columns did not converge in " + MAX_SWEEPS + " sweeps");
            }
        }
        return sorted(scaling);
    }

    private void updateNorm(int j) {
        norms[j] = Math.sqrt(Vectors.dot(work[j], work[j], 0, m));
    }

    /** Rotates every pair of columns that is not orthogonal yet; returns how many those were. */
    private int sweep() {
        int rotated = 0;
        for (int i = 0; i < n - 1; i++) {
            for (int j = i + 1; j < n; j++) {
                if (norms[i] > Scaling.NEGLIGIBLE && norms[j] > Scaling.NEGLIGIBLE) {
                    double cosine = Vectors.dot(work[i], work[j], 0, m) / norms[i] / norms[j];
                    if (Math.abs(cosine) > tolerance) {
                        rotate(i, j, cosine);
                        rotated++;
                    }
                }
            }
        }
        return rotated;
    }

    /** Makes columns i and j orthogonal; {@code cosine} is that of their angle. */
    private void rotate(int i, int j, double cosine) {
        double ratio = norms[j] / norms[i];
        double zeta = (ratio - 1 / ratio) / (2 * cosine);
        double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double c = 1 / Math.sqrt(1 + tangent * tangent);
        double s = c * tangent;
        Vectors.rotate(work[i], work[j], c, s, 0, m);
        Vectors.rotate(right[i], right[j], c, s, 0, n);
        updateNorm(i);
        updateNorm(j);
    }

    private ThinSvd sorted(Scaling scaling) {
        int[] order = Order.descending(norms);
        double[][] left = new double[n][];
        double[] values = new double[n];
        double[] rightRows = new double[n * n];
        int rank = 0;
        for (int k = 0; k < n; k++) {
            left[k] = work[order[k]];
            System.arraycopy(right[order[k]], 0, rightRows, k * n, n);
            if (norms[order[k]] > Scaling.NEGLIGIBLE) {
                values[k] = norms[order[k]];
                Vectors.scale(1 / values[k], left[k], 0, m);
                rank++;
            }
        }
        OrthonormalCompletion.complete(left, rank, m);
        double[] u = Vectors.fromColumns(left, m);
        SignRule.applyToPairs(u, rightRows, m, n, n);
        return new ThinSvd(u, Checks.finiteResult("thinSvd", "singular values", scaling.up(values)), rightRows);
    }
}
