package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.spi.compute.RowSource;

/** A weight stored row by row, or the first rows and columns of one. */
public final class RowMajorMatrix implements HostMatrix {

    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final int stride;

    private RowMajorMatrix(MemorySegment data, int rows, int columns, int stride) {
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /** A matrix in memory of the arena, all zero until it is {@link #fill filled}. */
    public RowMajorMatrix(Arena arena, int rows, int columns) {
        this(HostMemory.floats(arena, rows, columns), rows, columns, columns);
    }

    /** Copies a weight row by row. */
    static RowMajorMatrix pack(RowSource source, Arena arena) {
        RowMajorMatrix matrix = new RowMajorMatrix(arena, source.rows(), source.columns());
        for (int i = 0; i < matrix.rows; i++) {
            matrix.fill(source, i, 1);
        }
        return matrix;
    }

    /**
     * Reads some consecutive rows from a source of the same shape. Several threads may read different rows at once.
     *
     * @throws IllegalStateException if this is a view of a wider matrix
     */
    public void fill(RowSource source, int firstRow, int count) {
        if (stride != columns) {
            throw new IllegalStateException("the first " + columns + " of " + stride + " columns cannot be filled");
        }
        float[] block = new float[Math.multiplyExact(count, columns)];
        source.read(firstRow, count, block, 0);
        MemorySegment.copy(block, 0, data, ValueLayout.JAVA_FLOAT, offset(firstRow) * Float.BYTES, block.length);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** Floats from the beginning of a row to that of the next, at least n. */
    public int stride() {
        return stride;
    }

    /** The values, row-major, in whole cache lines (see {@link HostMemory}). */
    public MemorySegment data() {
        return data;
    }

    /** Where, in floats, a row begins. */
    public long offset(int row) {
        return (long) row * stride;
    }

    @Override
    public void readRow(int row, float[] into) {
        MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, offset(row) * Float.BYTES, into, 0, columns);
    }

    @Override
    public RowMajorMatrix leading(int rows, int columns) {
        HostMatrix.requireLeading(this, rows, columns);
        return new RowMajorMatrix(data, rows, columns, stride);
    }
}
