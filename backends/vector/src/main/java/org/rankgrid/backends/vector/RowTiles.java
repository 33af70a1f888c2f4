package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Some rows of an activation laid out for the micro-kernel: tiles of a few rows, in each the values of all its rows feature
 * by feature. Rows missing from the last tile are zero. Used again and again by one thread.
 */
final class RowTiles {

    private final FloatScratch tiles = new FloatScratch();
    private final FloatScratch staging = new FloatScratch();
    private float[] values = {};
    private int rows;
    private int columns;

    /** Takes consecutive rows of a row-major matrix, the first at float {@code offset}. */
    void pack(MemorySegment data, long offset, int count, int width) {
        pack(data, offset, count, width, width);
    }

    /** Takes the first values of consecutive rows that are {@code stride} floats apart. */
    void pack(MemorySegment data, long offset, int count, int width, int stride) {
        begin(count, width);
        for (int tile = 0; tile < tiles(); tile++) {
            for (int i = 0; i < rowsOf(tile); i++) {
                stage(data, offset + (long) (tile * MicroKernel.ROWS + i) * stride, i);
            }
            interleave(tile);
        }
    }

    /** Takes the given rows of a row-major matrix, from place {@code first} of the list on. */
    void gather(MemorySegment data, int[] list, int first, int count, int width) {
        begin(count, width);
        for (int tile = 0; tile < tiles(); tile++) {
            for (int i = 0; i < rowsOf(tile); i++) {
                stage(data, (long) list[first + tile * MicroKernel.ROWS + i] * width, i);
            }
            interleave(tile);
        }
    }

    /**
     * Takes consecutive columns of a row-major matrix as rows.
     *
     * @param count columns, which become rows
     * @param width rows, which become features
     * @param stride floats from one row of the matrix to the next
     */
    void packColumns(MemorySegment data, long offset, int count, int width, int stride) {
        begin(count, width);
        float[] from = staging.atLeast(Lanes.roundUp(count, MicroKernel.ROWS));
        Arrays.fill(from, 0);
        for (int p = 0; p < width; p++) {
            MemorySegment.copy(
                    data, ValueLayout.JAVA_FLOAT, (offset + (long) p * stride) * Float.BYTES, from, 0, count);
            distribute(from, tiles(), values, p * MicroKernel.ROWS, width * MicroKernel.ROWS);
        }
    }

    /** Gives every tile its values of one feature. */
    private static void distribute(float[] from, int tiles, float[] to, int offset, int stride) {
        for (int tile = 0; tile < tiles; tile++) {
            for (int i = 0; i < MicroKernel.ROWS; i++) {
                to[offset + tile * stride + i] = from[tile * MicroKernel.ROWS + i];
            }
        }
    }

    private void begin(int count, int width) {
        rows = count;
        columns = width;
        values = tiles.atLeast(Math.multiplyExact(Lanes.roundUp(count, MicroKernel.ROWS), width));
    }

    private void stage(MemorySegment data, long offset, int row) {
        MemorySegment.copy(
                data,
                ValueLayout.JAVA_FLOAT,
                offset * Float.BYTES,
                staging.atLeast(MicroKernel.ROWS * columns),
                row * columns,
                columns);
    }

    private void interleave(int tile) {
        float[] from = staging.atLeast(MicroKernel.ROWS * columns);
        Arrays.fill(from, rowsOf(tile) * columns, MicroKernel.ROWS * columns, 0);
        transpose(from, columns, values, offset(tile, 0));
    }

    private static void transpose(float[] from, int columns, float[] to, int offset) {
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < MicroKernel.ROWS; i++) {
                to[offset + j * MicroKernel.ROWS + i] = from[i * columns + j];
            }
        }
    }

    /** Rows packed. */
    int rows() {
        return rows;
    }

    /** Features of a row. */
    int columns() {
        return columns;
    }

    /** Number of tiles. */
    int tiles() {
        return Math.ceilDiv(rows, MicroKernel.ROWS);
    }

    /** Rows of a tile that are not padding. */
    int rowsOf(int tile) {
        return Math.min(MicroKernel.ROWS, rows - tile * MicroKernel.ROWS);
    }

    /** The tiles, one after the other. */
    float[] values() {
        return values;
    }

    /** Where a tile's values of a feature begin. */
    int offset(int tile, int column) {
        return (tile * columns + column) * MicroKernel.ROWS;
    }
}
