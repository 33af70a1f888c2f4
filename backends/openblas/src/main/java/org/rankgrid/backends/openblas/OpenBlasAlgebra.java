package org.rankgrid.backends.openblas;

import java.lang.foreign.MemorySegment;
import org.rankgrid.backends.scalar.algebra.Checks;
import org.rankgrid.backends.scalar.algebra.SignRule;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra;

/**
 * Dense decompositions by LAPACK. A row-major matrix is the transpose of the Fortran one in the same memory, so that most
 * calls below ask for the transposed problem and nothing is ever transposed but eigenvectors. Of symmetric matrices the
 * lower triangle is read. The same arguments give the same bits with the same library and kernel.
 */
final class OpenBlasAlgebra implements LinearAlgebra {

    private final Lapack lapack;
    private final String description;

    OpenBlasAlgebra(Lapack lapack, String description) {
        this.lapack = lapack;
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public SymmetricEigen symmetricEigen(double[] a, int n) {
        Checks.shape("symmetricEigen", a, n, n);
        Checks.finiteLower("symmetricEigen", a, n);
        try (Workspace space = Workspace.forOperations(9.0 * n * n * n)) {
            MemorySegment vectors = space.copyOf(a);
            MemorySegment values = space.doubles(n);
            lapack.eigen(space, n, vectors, values);
            double[] ascending = Checks.finiteResult("symmetricEigen", "eigenvalues", space.result(values));
            double[] rows = space.result(vectors);
            SignRule.applyToRows(rows, n, n);
            return new SymmetricEigen(reversed(ascending), columnsFromRowsReversed(rows, n));
        }
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    /** The rows, last first, as columns; tile by tile, so that neither side is read across the cache's grain. */
    private static double[] columnsFromRowsReversed(double[] rows, int n) {
        int tile = 32;
        double[] columns = new double[rows.length];
        for (int firstRow = 0; firstRow < n; firstRow += tile) {
            for (int firstColumn = 0; firstColumn < n; firstColumn += tile) {
                for (int i = firstRow; i < Math.min(firstRow + tile, n); i++) {
                    for (int j = firstColumn; j < Math.min(firstColumn + tile, n); j++) {
                        columns[j * n + n - 1 - i] = rows[i * n + j];
                    }
                }
            }
        }
        return columns;
    }

    @Override
    public double[] cholesky(double[] a, int n) {
        Checks.shape("cholesky", a, n, n);
        Checks.finiteLower("cholesky", a, n);
        try (Workspace space = Workspace.forOperations(n * (double) n * n / 3)) {
            MemorySegment factor = space.copyOf(a);
            int order = lapack.cholesky(space, n, factor);
            if (order > 0) {
                throw new DecompositionException("cholesky of a " + n + " x " + n
                        + " matrix: it is not positive definite, its leading " + order + " x " + order
                        + " block already is not");
            }
            double[] lower = space.result(factor);
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    lower[i * n + j] = 0;
                }
            }
            return lower;
        }
    }

    /** With AT = L Q' in Fortran's eyes, A = Q'T LT in ours. */
    @Override
    public ThinQr thinQr(double[] a, int m, int n) {
        Checks.tall("thinQr", a, m, n);
        Checks.finite("thinQr", a, m, n);
        try (Workspace space = Workspace.forOperations(4.0 * m * n * n)) {
            MemorySegment q = space.copyOf(a);
            MemorySegment factors = space.doubles(n);
            lapack.lq(space, n, m, q, factors);
            double[] r = new double[n * n];
            for (int i = 0; i < n; i++) {
                MemorySegment.copy(
                        q,
                        (i * (long) n + i) * Double.BYTES,
                        MemorySegment.ofArray(r),
                        (i * (long) n + i) * Double.BYTES,
                        (n - i) * (long) Double.BYTES);
            }
            lapack.orthonormalRows(space, n, m, q, factors);
            return new ThinQr(space.result(q), Checks.finiteResult("thinQr", "R", r));
        }
    }

    /** With AT = U S VT in Fortran's eyes, A = V S UT in ours, and each factor lies in memory as we want it. */
    @Override
    public ThinSvd thinSvd(double[] a, int m, int n) {
        Checks.shape("thinSvd", a, m, n);
        Checks.finite("thinSvd", a, m, n);
        int k = Math.min(m, n);
        try (Workspace space = Workspace.forOperations(20.0 * m * n * k)) {
            MemorySegment left = space.doubles((long) m * k);
            MemorySegment values = space.doubles(k);
            MemorySegment right = space.doubles((long) k * n);
            lapack.svd(space, n, m, space.copyOf(a), values, right, left);
            double[] u = space.result(left);
            double[] vt = space.result(right);
            SignRule.applyToPairs(u, vt, m, k, n);
            return new ThinSvd(u, Checks.finiteResult("thinSvd", "singular values", space.result(values)), vt);
        }
    }

    @Override
    public double[] multiply(double[] a, double[] b, int m, int k, int n) {
        Checks.shape("multiply, left", a, m, k);
        Checks.shape("multiply, right", b, k, n);
        return product('N', 'N', a, k, b, n, m, k, n);
    }

    @Override
    public double[] multiplyTransposedLeft(double[] a, double[] b, int m, int k, int n) {
        Checks.shape("multiplyTransposedLeft, left", a, k, m);
        Checks.shape("multiplyTransposedLeft, right", b, k, n);
        return product('T', 'N', a, m, b, n, m, k, n);
    }

    @Override
    public double[] multiplyTransposedRight(double[] a, double[] b, int m, int k, int n) {
        Checks.shape("multiplyTransposedRight, left", a, m, k);
        Checks.shape("multiplyTransposedRight, right", b, n, k);
        return product('N', 'T', a, k, b, k, m, k, n);
    }

    /** c = op(a) op(b), computed as cT = op(b)T op(a)T; widths are the columns of a and b as they are stored. */
    private double[] product(
            char transposeA, char transposeB, double[] a, int widthOfA, double[] b, int widthOfB, int m, int k, int n) {
        try (Workspace space = Workspace.forOperations(2.0 * m * k * n)) {
            MemorySegment c = space.doubles(Math.multiplyExact(m, n));
            lapack.multiply(
                    space, transposeB, transposeA, n, m, k, space.reading(b), widthOfB, space.reading(a), widthOfA, c);
            return space.result(c);
        }
    }

    /** X L = b is LT XT = bT, and our L and b are LT and bT in Fortran's eyes. */
    @Override
    public double[] solveRight(double[] lower, double[] b, int m, int n) {
        Checks.shape("solveRight, triangle", lower, n, n);
        Checks.shape("solveRight, right side", b, m, n);
        Checks.invertible("solveRight", lower, n);
        try (Workspace space = Workspace.forOperations(m * (double) n * n)) {
            MemorySegment x = space.copyOf(b);
            lapack.solveUpper(space, n, m, space.reading(lower), x);
            return space.result(x);
        }
    }
}
