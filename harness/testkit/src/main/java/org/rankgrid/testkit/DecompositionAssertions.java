package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.rankgrid.spi.compute.LinearAlgebra.SymmetricEigen;
import org.rankgrid.spi.compute.LinearAlgebra.ThinQr;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;

/** What makes a decomposition one of a given matrix, checked with naive loops. */
final class DecompositionAssertions {

    /** The largest error allowed, relative to the size of the matrix. */
    static final double TOLERANCE = 1e-12;

    private DecompositionAssertions() {}

    static void assertEigen(SymmetricEigen eigen, double[] a, int n) {
        double scale = scale(a);
        double[] values = NaiveMatrices.scale(eigen.values(), scale);
        assertThat(values).hasSize(n);
        assertDescending(values);
        assertOrthonormalColumns(eigen.vectors(), n, n);
        assertSigns(eigen.vectors(), n, n);
        double[] scaled = NaiveMatrices.scale(a, scale);
        double[] product = NaiveMatrices.multiply(scaled, eigen.vectors(), n, n, n);
        double[] expected = NaiveMatrices.scaleColumns(eigen.vectors(), values, n, n);
        assertThat(NaiveMatrices.norm(NaiveMatrices.subtract(product, expected)))
                .as("residual of %s eigenvectors", n)
                .isLessThanOrEqualTo(TOLERANCE * NaiveMatrices.norm(scaled));
    }

    static void assertCholesky(double[] lower, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            assertThat(lower[i * n + i]).as("diagonal of L").isPositive();
        }
        assertZeroBelowDiagonal(NaiveMatrices.transpose(lower, n, n), n, "LT");
        assertSame(NaiveMatrices.multiply(lower, NaiveMatrices.transpose(lower, n, n), n, n, n), a, "L LT, n = " + n);
    }

    static void assertQr(ThinQr qr, double[] a, int m, int n) {
        assertZeroBelowDiagonal(qr.r(), n, "R");
        assertOrthonormalColumns(qr.q(), m, n);
        assertSame(NaiveMatrices.multiply(qr.q(), qr.r(), m, n, n), a, "Q R of " + m + " x " + n);
    }

    static void assertSvd(ThinSvd svd, double[] a, int m, int n) {
        int k = Math.min(m, n);
        assertThat(svd.values()).hasSize(k);
        assertDescending(svd.values());
        assertThat(svd.values()[k - 1]).isNotNegative();
        assertOrthonormalColumns(svd.left(), m, k);
        assertOrthonormalColumns(NaiveMatrices.transpose(svd.right(), k, n), n, k);
        assertSigns(svd.left(), m, k);
        double[] scaled = NaiveMatrices.scaleColumns(svd.left(), svd.values(), m, k);
        assertSame(NaiveMatrices.multiply(scaled, svd.right(), m, k, n), a, "U diag(values) VT of " + m + " x " + n);
    }

    /** Fails where two values differ by more than the tolerance. */
    static void assertClose(double[] found, double[] expected, double tolerance) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= tolerance)) {
                throw new AssertionError(
                        "value " + i + " is " + found[i] + ", not " + expected[i] + " to " + tolerance);
            }
        }
    }

    /** Compares in the scale of the matrix, so that squares of tiny and large values stay in range. */
    private static void assertSame(double[] found, double[] expected, String what) {
        double scale = scale(expected);
        double[] reference = NaiveMatrices.scale(expected, scale);
        assertThat(NaiveMatrices.norm(NaiveMatrices.subtract(NaiveMatrices.scale(found, scale), reference)))
                .as(what)
                .isLessThanOrEqualTo(TOLERANCE * NaiveMatrices.norm(reference));
    }

    /** The factor that makes the largest magnitude one. */
    private static double scale(double[] a) {
        double largest = Arrays.stream(a).map(Math::abs).max().orElseThrow();
        return largest == 0 ? 1 : 1 / largest;
    }

    private static void assertDescending(double[] values) {
        for (int k = 1; k < values.length; k++) {
            assertThat(values[k]).isLessThanOrEqualTo(values[k - 1]);
        }
    }

    private static void assertZeroBelowDiagonal(double[] a, int n, String what) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (a[i * n + j] != 0) {
                    throw new AssertionError(what + " has " + a[i * n + j] + " in row " + i + ", column " + j);
                }
            }
        }
    }

    private static void assertOrthonormalColumns(double[] q, int m, int n) {
        assertClose(
                NaiveMatrices.multiply(NaiveMatrices.transpose(q, m, n), q, n, m, n),
                NaiveMatrices.identity(n),
                TOLERANCE);
    }

    private static void assertSigns(double[] vectors, int m, int n) {
        for (int j = 0; j < n; j++) {
            double decisive = 0;
            for (int i = 0; i < m; i++) {
                double value = vectors[i * n + j];
                decisive = Math.abs(value) > Math.abs(decisive) ? value : decisive;
            }
            assertThat(decisive).as("decisive component of vector %s", j).isPositive();
        }
    }
}
