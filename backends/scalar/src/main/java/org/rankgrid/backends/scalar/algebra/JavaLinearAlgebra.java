package org.rankgrid.backends.scalar.algebra;

import org.rankgrid.spi.compute.LinearAlgebra;

/**
 * Dense decompositions in plain Java. Of symmetric matrices the lower triangle is read. The same arguments give the same
 * bits on every machine.
 */
public final class JavaLinearAlgebra implements LinearAlgebra {

    /** Changes whenever a bit of any result may. */
    static final String VERSION = "1";

    /** The decompositions; they hold nothing. */
    public JavaLinearAlgebra() {}

    @Override
    public String description() {
        return "java " + VERSION;
    }

    @Override
    public SymmetricEigen symmetricEigen(double[] a, int n) {
        Checks.shape("symmetricEigen", a, n, n);
        Checks.finiteLower("symmetricEigen", a, n);
        return TridiagonalEigen.decompose(a, n);
    }

    @Override
    public double[] cholesky(double[] a, int n) {
        Checks.shape("cholesky", a, n, n);
        Checks.finiteLower("cholesky", a, n);
        return Cholesky.decompose(a, n);
    }

    @Override
    public ThinQr thinQr(double[] a, int m, int n) {
        Checks.tall("thinQr", a, m, n);
        Checks.finite("thinQr", a, m, n);
        ThinQr qr = HouseholderQr.decompose(a, m, n);
        Checks.finiteResult("thinQr", "R", qr.r());
        return qr;
    }

    @Override
    public ThinSvd thinSvd(double[] a, int m, int n) {
        Checks.shape("thinSvd", a, m, n);
        Checks.finite("thinSvd", a, m, n);
        if (m >= n) {
            return JacobiSvd.decompose(a, m, n);
        }
        ThinSvd transposed = JacobiSvd.decompose(transposed(a, m, n), n, m);
        double[] left = transposed(transposed.right(), m, m);
        double[] right = transposed(transposed.left(), n, m);
        SignRule.applyToPairs(left, right, m, m, n);
        return new ThinSvd(left, transposed.values(), right);
    }

    /** The n by m transpose of an m by n matrix. */
    private static double[] transposed(double[] a, int m, int n) {
        double[] transposed = new double[a.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                transposed[j * m + i] = a[i * n + j];
            }
        }
        return transposed;
    }

    @Override
    public double[] multiply(double[] a, double[] b, int m, int k, int n) {
        Checks.shape("multiply, left", a, m, k);
        Checks.shape("multiply, right", b, k, n);
        return Products.multiply(a, b, m, k, n);
    }

    @Override
    public double[] multiplyTransposedLeft(double[] a, double[] b, int m, int k, int n) {
        Checks.shape("multiplyTransposedLeft, left", a, k, m);
        Checks.shape("multiplyTransposedLeft, right", b, k, n);
        return Products.multiplyTransposedLeft(a, b, m, k, n);
    }

    @Override
    public double[] multiplyTransposedRight(double[] a, double[] b, int m, int k, int n) {
        Checks.shape("multiplyTransposedRight, left", a, m, k);
        Checks.shape("multiplyTransposedRight, right", b, n, k);
        return Products.multiplyTransposedRight(a, b, m, k, n);
    }

    @Override
    public double[] solveRight(double[] lower, double[] b, int m, int n) {
        Checks.shape("solveRight, triangle", lower, n, n);
        Checks.shape("solveRight, right side", b, m, n);
        Checks.invertible("solveRight", lower, n);
        double[][] rows = Vectors.rows(lower, n, n);
        double[] result = new double[b.length];
        double[] x = new double[n];
        for (int i = 0; i < m; i++) {
            System.arraycopy(b, i * n, x, 0, n);
            for (int j = n - 1; j >= 0; j--) {
                x[j] /= rows[j][j];
                Vectors.axpy(-x[j], rows[j], x, 0, j);
            }
            System.arraycopy(x, 0, result, i * n, n);
        }
        return result;
    }
}
