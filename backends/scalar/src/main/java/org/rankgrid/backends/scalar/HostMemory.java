package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory outside the heap in whole cache lines, aligned to them: a vector of up to 64 bytes that begins at a multiple of its
 * own size within the values may be read and written whole, even where the values end within it.
 */
public final class HostMemory {

    private static final int LINE = 64;

    private HostMemory() {}

    /**
     * Room for rows * columns floats, all zero.
     *
     * @throws IllegalArgumentException if either is not positive
     */
    public static MemorySegment floats(Arena arena, long rows, long columns) {
        return bytes(arena, rows, columns, Float.BYTES);
    }

    /**
     * Room for rows * columns doubles, all zero.
     *
     * @throws IllegalArgumentException if either is not positive
     */
    public static MemorySegment doubles(Arena arena, long rows, long columns) {
        return bytes(arena, rows, columns, Double.BYTES);
    }

    private static MemorySegment bytes(Arena arena, long rows, long columns, int width) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a " + rows + " x " + columns + " matrix has no values");
        }
        long bytes = Math.multiplyExact(Math.multiplyExact(rows, columns), width);
        return arena.allocate(Math.multiplyExact(Math.ceilDiv(bytes, LINE), LINE), LINE);
    }
}
