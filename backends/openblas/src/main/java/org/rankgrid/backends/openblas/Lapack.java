package org.rankgrid.backends.openblas;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.spi.compute.DecompositionException;

/**
 * The few LAPACK and BLAS routines that are needed, each with its arguments checked by what it reports. Matrices are in
 * Fortran's order, column by column.
 */
final class Lapack {

    private final FortranRoutine dsyevd;
    private final FortranRoutine dpotrf;
    private final FortranRoutine dgelqf;
    private final FortranRoutine dorglq;
    private final FortranRoutine dgesdd;
    private final FortranRoutine dtrsm;
    private final FortranRoutine dgemm;

    /**
     * Finds the routines.
     *
     * @throws LibraryException if one is missing
     */
    Lapack(NativeLibrary library) throws LibraryException {
        dsyevd = library.routine("dsyevd_", 11, 2);
        dpotrf = library.routine("dpotrf_", 5, 1);
        dgelqf = library.routine("dgelqf_", 8, 0);
        dorglq = library.routine("dorglq_", 9, 0);
        dgesdd = library.routine("dgesdd_", 14, 1);
        dtrsm = library.routine("dtrsm_", 11, 4);
        dgemm = library.routine("dgemm_", 13, 2);
    }

    /** Eigenvalues, ascending, and vectors, which replace a, of a symmetric n by n matrix whose upper triangle is read. */
    void eigen(Workspace space, int n, MemorySegment a, MemorySegment values) {
        MemorySegment info = space.integer(0);
        int work = workSize("dsyevd", 1 + 6L * n + 2L * n * n);
        int integerWork = 3 + 5 * n;
        dsyevd.call(
                space,
                space.letter('V'),
                space.letter('U'),
                space.integer(n),
                a,
                space.integer(n),
                values,
                space.doubles(work),
                space.integer(work),
                space.integers(integerWork),
                space.integer(integerWork),
                info);
        check(dsyevd, info, "did not converge on a " + n + " x " + n + " matrix");
    }

    /**
     * Upper Cholesky factor, which replaces the upper triangle of a.
     *
     * @return 0, or the order of the leading block that is not positive definite
     */
    int cholesky(Workspace space, int n, MemorySegment a) {
        MemorySegment info = space.integer(0);
        dpotrf.call(space, space.letter('U'), space.integer(n), a, space.integer(n), info);
        int order = info.get(ValueLayout.JAVA_INT, 0);
        return order > 0 ? order : check(dpotrf, info, "failed");
    }

    /** LQ decomposition of a wide m by n matrix: a receives L in its lower triangle and reflections beside it. */
    void lq(Workspace space, int m, int n, MemorySegment a, MemorySegment factors) {
        MemorySegment info = space.integer(0);
        MemorySegment rows = space.integer(m);
        MemorySegment columns = space.integer(n);
        MemorySegment optimum = space.doubles(1);
        dgelqf.call(space, rows, columns, a, rows, factors, optimum, space.integer(-1), info);
        check(dgelqf, info, "failed");
        int work = workSize("dgelqf", optimum);
        dgelqf.call(space, rows, columns, a, rows, factors, space.doubles(work), space.integer(work), info);
        check(dgelqf, info, "failed on a " + n + " x " + m + " matrix");
    }

    /** Q, m by n with orthonormal rows, in place of the reflections {@link #lq} left in a. */
    void orthonormalRows(Workspace space, int m, int n, MemorySegment a, MemorySegment factors) {
        MemorySegment info = space.integer(0);
        MemorySegment rows = space.integer(m);
        MemorySegment columns = space.integer(n);
        MemorySegment optimum = space.doubles(1);
        dorglq.call(space, rows, columns, rows, a, rows, factors, optimum, space.integer(-1), info);
        check(dorglq, info, "failed");
        int work = workSize("dorglq", optimum);
        dorglq.call(space, rows, columns, rows, a, rows, factors, space.doubles(work), space.integer(work), info);
        check(dorglq, info, "failed on a " + n + " x " + m + " matrix");
    }

    /** Thin singular value decomposition of an m by n matrix, which is destroyed; left m by K, right K by n. */
    void svd(
            Workspace space,
            int m,
            int n,
            MemorySegment a,
            MemorySegment values,
            MemorySegment left,
            MemorySegment right) {
        int k = Math.min(m, n);
        MemorySegment info = space.integer(0);
        MemorySegment job = space.letter('S');
        MemorySegment rows = space.integer(m);
        MemorySegment columns = space.integer(n);
        MemorySegment components = space.integer(k);
        MemorySegment integerWork = space.integers(8L * k);
        MemorySegment optimum = space.doubles(1);
        dgesdd.call(
                space,
                job,
                rows,
                columns,
                a,
                rows,
                values,
                left,
                rows,
                right,
                components,
                optimum,
                space.integer(-1),
                integerWork,
                info);
        check(dgesdd, info, "failed");
        int work = workSize("dgesdd", optimum);
        dgesdd.call(
                space,
                job,
                rows,
                columns,
                a,
                rows,
                values,
                left,
                rows,
                right,
                components,
                space.doubles(work),
                space.integer(work),
                integerWork,
                info);
        check(dgesdd, info, "did not converge on a " + n + " x " + m + " matrix");
    }

    /** Replaces the n by m matrix b by the X with U X = b, U upper triangular. */
    void solveUpper(Workspace space, int n, int m, MemorySegment upper, MemorySegment b) {
        MemorySegment size = space.integer(n);
        dtrsm.call(
                space,
                space.letter('L'),
                space.letter('U'),
                space.letter('N'),
                space.letter('N'),
                size,
                space.integer(m),
                space.real(1),
                upper,
                size,
                b,
                size);
    }

    /**
     * c = op(a) op(b), c is m by n, k the inner size; op is the transpose where the letter says T.
     *
     * @param rowsOfA rows of a as it is stored
     * @param rowsOfB rows of b as it is stored
     */
    void multiply(
            Workspace space,
            char transposeA,
            char transposeB,
            int m,
            int n,
            int k,
            MemorySegment a,
            int rowsOfA,
            MemorySegment b,
            int rowsOfB,
            MemorySegment c) {
        dgemm.call(
                space,
                space.letter(transposeA),
                space.letter(transposeB),
                space.integer(m),
                space.integer(n),
                space.integer(k),
                space.real(1),
                a,
                space.integer(rowsOfA),
                b,
                space.integer(rowsOfB),
                space.real(0),
                c,
                space.integer(m));
    }

    private static int check(FortranRoutine routine, MemorySegment info, String failure) {
        int code = info.get(ValueLayout.JAVA_INT, 0);
        if (code < 0) {
            throw new DecompositionException(routine.name() + " refused its argument " + -code);
        }
        if (code > 0) {
            throw new DecompositionException(routine.name() + " " + failure + " (info " + code + ")");
        }
        return 0;
    }

    private static int workSize(String routine, MemorySegment optimum) {
        return workSize(routine, (long) optimum.get(ValueLayout.JAVA_DOUBLE, 0));
    }

    private static int workSize(String routine, long size) {
        if (size > Integer.MAX_VALUE) {
            throw new DecompositionException(
                    routine + " would need a workspace of " + size + " values, more than LAPACK can count");
        }
        return (int) Math.max(1, size);
    }
}
