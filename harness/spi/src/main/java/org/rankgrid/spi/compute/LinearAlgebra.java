package org.rankgrid.spi.compute;

/**
 * Dense decompositions in double. All matrices are row-major; arguments are left unchanged. Each call computes on the
 * calling thread alone, and several threads may call at once.
 */
public interface LinearAlgebra {

    /** Id, library and version: part of the identity of everything decomposed with it. */
    String description();

    /**
     * Eigenvalues and vectors of a symmetric matrix.
     *
     * @param a n by n; only one triangle is read
     * @throws DecompositionException if it does not converge or a value is not finite
     */
    SymmetricEigen symmetricEigen(double[] a, int n);

    /**
     * Lower Cholesky factor L of a symmetric positive definite matrix, a = L LT.
     *
     * @throws DecompositionException if the matrix is not positive definite or not finite
     */
    double[] cholesky(double[] a, int n);

    /**
     * Thin QR decomposition of a tall matrix.
     *
     * @param a m by n, m at least n
     * @throws DecompositionException if a value is not finite
     */
    ThinQr thinQr(double[] a, int m, int n);

    /**
     * Thin singular value decomposition.
     *
     * @param a m by n
     * @throws DecompositionException if it does not converge or a value is not finite
     */
    ThinSvd thinSvd(double[] a, int m, int n);

    /** a b; a is m by k, b is k by n. */
    double[] multiply(double[] a, double[] b, int m, int k, int n);

    /** aT b; a is k by m, b is k by n. */
    double[] multiplyTransposedLeft(double[] a, double[] b, int m, int k, int n);

    /** a bT; a is m by k, b is n by k. */
    double[] multiplyTransposedRight(double[] a, double[] b, int m, int k, int n);

    /**
     * The X with X L = b for a lower triangular L: b times the inverse of L.
     *
     * @param lower L, n by n
     * @param b m by n
     * @return X, m by n
     */
    double[] solveRight(double[] lower, double[] b, int m, int n);

    /**
     * Eigen-decomposition of a symmetric matrix.
     *
     * @param values n eigenvalues, descending
     * @param vectors n by n, eigenvectors in columns, in the order of the values; the largest component of each in
     *     magnitude is positive (the first of equals)
     */
    record SymmetricEigen(double[] values, double[] vectors) {}

    /**
     * a = Q R.
     *
     * @param q m by n, orthonormal columns
     * @param r n by n, upper triangular
     */
    record ThinQr(double[] q, double[] r) {}

    /**
     * a = U diag(values) VT with K = min(m, n).
     *
     * @param left U, m by K
     * @param values K singular values, descending
     * @param right VT, K by n; the sign of each pair is such that the largest component of the left vector is positive
     */
    record ThinSvd(double[] left, double[] values, double[] right) {}
}
