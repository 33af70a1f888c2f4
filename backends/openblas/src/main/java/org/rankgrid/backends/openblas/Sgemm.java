package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Products of f32 activations with a weight, y = x WT, by the native SGEMM. Every thread calls through one of its own, whose
 * small arguments lie ready in memory.
 */
final class Sgemm {

    private final FortranRoutine routine;
    private final MemorySegment transposed;
    private final MemorySegment plain;
    private final MemorySegment one;
    private final MemorySegment keep;
    private final MemorySegment outputs;
    private final MemorySegment rows;
    private final MemorySegment inputs;
    private final MemorySegment stride;

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
        outputs = arena.allocate(ValueLayout.JAVA_INT);
        rows = arena.allocate(ValueLayout.JAVA_INT);
        inputs = arena.allocate(ValueLayout.JAVA_INT);
        stride = arena.allocate(ValueLayout.JAVA_INT);
    }

    /**
     * Finds the routine.
     *
     * @throws LibraryException if the library lacks it
     */
    static FortranRoutine routine(NativeLibrary library) throws LibraryException {
        return library.routine("sgemm_", 13, 2);
    }

    /**
     * y = x WT + keep y, each row-major, the segments beginning at their first value; in Fortran's eyes yT = WT^T xT.
     *
     * @param t rows of x and y
     * @param n columns of x and of W
     * @param m rows of W, values of a row of y that are written
     * @param strideOfY values from one row of y to the next
     * @param keepY 1 to add to what is in y, 0 to write over it
     */
    void product(
            MemorySegment x, MemorySegment weight, MemorySegment y, int t, int n, int m, int strideOfY, float keepY) {
        outputs.set(ValueLayout.JAVA_INT, 0, m);
        rows.set(ValueLayout.JAVA_INT, 0, t);
        inputs.set(ValueLayout.JAVA_INT, 0, n);
        stride.set(ValueLayout.JAVA_INT, 0, strideOfY);
        keep.set(ValueLayout.JAVA_FLOAT, 0, keepY);
        routine.callOffHeap(transposed, plain, outputs, rows, inputs, one, weight, inputs, x, inputs, keep, y, stride);
    }
}
