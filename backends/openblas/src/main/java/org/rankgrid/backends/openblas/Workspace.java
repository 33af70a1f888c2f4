package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory of one native call. A short call works on Java arrays where they lie, which keeps the garbage collector waiting for
 * it; a long one works on copies outside the heap and keeps nobody waiting.
 */
final class Workspace implements AutoCloseable {

    /** A millisecond or so on one core. */
    private static final double SHORT_OPERATIONS = 4e6;

    private final boolean isShort;
    private final Arena arena = Arena.ofConfined();

    private Workspace(boolean isShort) {
        this.isShort = isShort;
    }

    /** Memory for a call of about this many floating-point operations. */
    static Workspace forOperations(double operations) {
        return new Workspace(operations < SHORT_OPERATIONS);
    }

    /** Whether arguments may lie on the heap. */
    boolean isShort() {
        return isShort;
    }

    /** Values that the call only reads. */
    MemorySegment reading(double[] values) {
        return isShort ? MemorySegment.ofArray(values) : arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
    }

    /** A copy of values that the call overwrites. */
    MemorySegment copyOf(double[] values) {
        return isShort ? MemorySegment.ofArray(values.clone()) : arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
    }

    /** Room for doubles, all zero. */
    MemorySegment doubles(long count) {
        return isShort
                ? MemorySegment.ofArray(new double[Math.toIntExact(count)])
                : arena.allocate(ValueLayout.JAVA_DOUBLE, count);
    }

    /** Room for integers, all zero. */
    MemorySegment integers(long count) {
        return arena.allocate(ValueLayout.JAVA_INT, count);
    }

    /** An integer. */
    MemorySegment integer(int value) {
        return arena.allocateFrom(ValueLayout.JAVA_INT, value);
    }

    /** A double. */
    MemorySegment real(double value) {
        return arena.allocateFrom(ValueLayout.JAVA_DOUBLE, value);
    }

    /** A single letter. */
    MemorySegment letter(char value) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) value);
    }

    /** What a call left behind; valid after this workspace is closed. */
    double[] result(MemorySegment doubles) {
        return doubles.heapBase().orElse(null) instanceof double[] array
                ? array
                : doubles.toArray(ValueLayout.JAVA_DOUBLE);
    }

    @Override
    public void close() {
        arena.close();
    }
}
