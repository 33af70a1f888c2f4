package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Products of f32 activations, gradients and weights by the native SGEMM. Every thread calls through one of its own, whose
 * small arguments lie ready in memory. All matrices are row-major, a segment beginning at the first value; a stride is the
 * number of values from one row to the next.
 */
final class Sgemm {

    private final FortranRoutine routine;
    private final MemorySegment transposed;
    private final MemorySegment plain;
    private final MemorySegment one;
    private final MemorySegment keep;
    private final MemorySegment columns;
    private final MemorySegment rows;
    private final MemorySegment inner;
    private final MemorySegment rightStride;
    private final MemorySegment leftStride;
    private final MemorySegment resultStride;

    /**
     * A caller.
     *
     * @param arena where the arguments lie
     */
    Sgemm(FortranRoutine routine, Arena arena) {
        this.routine = routine;
        transposed = arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 'T');
        plain = arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 'N');
        one = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1);
        keep = arena.allocate(ValueLayout.JAVA_FLOAT);
        columns = arena.allocate(ValueLayout.JAVA_INT);
        rows = arena.allocate(ValueLayout.JAVA_INT);
        inner = arena.allocate(ValueLayout.JAVA_INT);
        rightStride = arena.allocate(ValueLayout.JAVA_INT);
        leftStride = arena.allocate(ValueLayout.JAVA_INT);
        resultStride = arena.allocate(ValueLayout.JAVA_INT);
    }

    /**
     * Finds the routine.
     *
     * @throws LibraryException if the library lacks it
     */
    static FortranRoutine routine(NativeLibrary library) throws LibraryException {
        return library.routine("sgemm_", 13, 2);
    }

    /** Values of a result: rows and columns that are written, and its stride. */
    record Result(MemorySegment values, int rows, int columns, int stride) {}

    /**
     * y = x WT + keep y.
     *
     * @param n columns of x, without gaps, and of W
     * @param keepY 1 to add to what is in y, 0 to write over it
     */
    void product(MemorySegment x, MemorySegment weight, int strideOfWeight, int n, Result y, float keepY) {
        call(x, n, plain, weight, strideOfWeight, transposed, n, y, keepY);
    }

    /**
     * dx = dy W + keep dx.
     *
     * @param m rows of W that are taken, and columns of dy
     */
    void transposedProduct(
            MemorySegment dy,
            int strideOfDy,
            MemorySegment weight,
            int strideOfWeight,
            int m,
            Result dx,
            float keepDx) {
        call(dy, strideOfDy, plain, weight, strideOfWeight, plain, m, dx, keepDx);
    }

    /**
     * dW = dW + dyT x.
     *
     * @param t rows of dy and x
     */
    void addOuterProducts(MemorySegment dy, int strideOfDy, MemorySegment x, int strideOfX, int t, Result dw) {
        call(dy, strideOfDy, transposed, x, strideOfX, plain, t, dw, 1);
    }

    /** C = op(A) op(B) + keep C; in Fortran's eyes every matrix is its transpose, and so CT = op(B)T op(A)T. */
    private void call(
            MemorySegment a,
            int strideOfA,
            MemorySegment formOfA,
            MemorySegment b,
            int strideOfB,
            MemorySegment formOfB,
            int shared,
            Result c,
            float keepC) {
        columns.set(ValueLayout.JAVA_INT, 0, c.columns());
        rows.set(ValueLayout.JAVA_INT, 0, c.rows());
        inner.set(ValueLayout.JAVA_INT, 0, shared);
        rightStride.set(ValueLayout.JAVA_INT, 0, strideOfB);
        leftStride.set(ValueLayout.JAVA_INT, 0, strideOfA);
        resultStride.set(ValueLayout.JAVA_INT, 0, c.stride());
        keep.set(ValueLayout.JAVA_FLOAT, 0, keepC);
        routine.callOffHeap(
                formOfB,
                formOfA,
                columns,
                rows,
                inner,
                one,
                b,
                rightStride,
                a,
                leftStride,
                keep,
                c.values(),
                resultStride);
    }
}
