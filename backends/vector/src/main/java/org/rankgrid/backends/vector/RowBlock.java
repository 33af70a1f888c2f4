package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Some rows of an activation as the left side of the micro-kernel: row by row in an array, with rows of zeros behind the last
 * that fill its tile. Used again and again by one thread.
 */
final class RowBlock {

    /** Floats of a cache line. */
    private static final int LINE = 16;

    private final FloatScratch scratch = new FloatScratch();
    private final FloatScratch staging = new FloatScratch();
    private float[] values = {};
    private int rows;
    private int columns;
    private int stride;

    /** Takes consecutive rows of a row-major matrix, the first at float {@code offset}. */
    void take(MemorySegment data, long offset, int count, int width) {
        take(data, offset, count, width, width);
    }

    /** Takes the first values of consecutive rows that are {@code step} floats apart. */
    void take(MemorySegment data, long offset, int count, int width, int step) {
        begin(count, width);
        for (int i = 0; i < count; i++) {
            copy(data, offset + (long) i * step, i);
        }
    }

    /** Takes the given rows of a row-major matrix, from place {@code first} of the list on. */
    void gather(MemorySegment data, int[] list, int first, int count, int width) {
        begin(count, width);
        for (int i = 0; i < count; i++) {
            copy(data, (long) list[first + i] * width, i);
        }
    }

    /**
     * Takes consecutive columns of a row-major matrix as rows.
     *
     * @param count columns, which become rows
     * @param width rows, which become features
     * @param step floats from one row of the matrix to the next
     */
    void takeColumns(MemorySegment data, long offset, int count, int width, int step) {
        begin(count, width);
        float[] from = staging.atLeast(count);
        for (int p = 0; p < width; p++) {
            MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, (offset + (long) p * step) * Float.BYTES, from, 0, count);
            distribute(from, count, values, p, stride);
        }
    }

    /** Gives every row its value of one feature. */
    private static void distribute(float[] from, int count, float[] to, int offset, int stride) {
        for (int i = 0; i < count; i++) {
            to[offset + i * stride] = from[i];
        }
    }

    private void begin(int count, int width) {
        rows = count;
        columns = width;
        // An odd number of cache lines from row to row: with a power of two they would meet in few sets of the cache.
        stride = Lanes.roundUp(width, LINE) | LINE;
        int last = tiles() * MicroKernel.ROWS;
        values = scratch.atLeast(Math.multiplyExact(last, stride));
        Arrays.fill(values, count * stride, last * stride, 0);
    }

    private void copy(MemorySegment data, long offset, int row) {
        MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, offset * Float.BYTES, values, row * stride, columns);
    }

    /** Rows taken. */
    int rows() {
        return rows;
    }

    /** Features of a row. */
    int columns() {
        return columns;
    }

    /** Number of the micro-kernel's tiles. */
    int tiles() {
        return Math.ceilDiv(rows, MicroKernel.ROWS);
    }

    /** Rows of a tile that are not padding. */
    int rowsOf(int tile) {
        return Math.min(MicroKernel.ROWS, rows - tile * MicroKernel.ROWS);
    }

    /** The rows, one after the other. */
    float[] values() {
        return values;
    }

    /** Where a tile's values of a feature begin. */
    int offset(int tile, int column) {
        return tile * MicroKernel.ROWS * stride + column;
    }

    /** From one row to the next. */
    int stride() {
        return stride;
    }
}
