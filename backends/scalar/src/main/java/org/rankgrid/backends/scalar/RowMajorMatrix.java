package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.spi.compute.RowSource;

/** A weight stored row by row. */
final class RowMajorMatrix implements HostMatrix {

    private final MemorySegment data;
    private final int rows;
    private final int columns;

    RowMajorMatrix(RowSource source, Arena arena) {
        this.rows = source.rows();
        this.columns = source.columns();
        this.data = HostMemory.floats(arena, rows, columns);
        float[] row = new float[columns];
        for (int i = 0; i < rows; i++) {
            source.read(i, 1, row, 0);
            MemorySegment.copy(row, 0, data, ValueLayout.JAVA_FLOAT, offset(i), columns);
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void readRow(int row, float[] into) {
        MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, offset(row), into, 0, columns);
    }

    private long offset(int row) {
        return (long) row * columns * Float.BYTES;
    }

    @Override
    public HostMatrix leading(int rows, int columns) {
        throw new UnsupportedOperationException();
    }
}
