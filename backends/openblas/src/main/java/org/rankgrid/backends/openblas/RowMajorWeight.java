package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.backends.scalar.HostMatrix;
import org.rankgrid.backends.scalar.HostMemory;
import org.rankgrid.backends.vector.WorkerPool;
import org.rankgrid.spi.compute.RowSource;

/** A weight row by row, as SGEMM takes it; a leading part shares the memory and keeps the stride. */
final class RowMajorWeight implements HostMatrix {

    /** Rows read at once. */
    private static final int BLOCK = 64;

    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final int stride;

    private RowMajorWeight(MemorySegment data, int rows, int columns, int stride) {
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /** Copies a weight block by block. */
    static RowMajorWeight pack(RowSource source, Arena arena, WorkerPool pool) {
        int n = source.columns();
        RowMajorWeight weight = new RowMajorWeight(HostMemory.floats(arena, source.rows(), n), source.rows(), n, n);
        pool.run(Math.ceilDiv(weight.rows, BLOCK), (task, worker) -> {
            int first = task * BLOCK;
            int count = Math.min(BLOCK, weight.rows - first);
            float[] block = new float[Math.multiplyExact(count, weight.columns)];
            source.read(first, count, block, 0);
            MemorySegment.copy(block, 0, weight.data, ValueLayout.JAVA_FLOAT, weight.offset(first), block.length);
        });
        return weight;
    }

    /**
     * The weight behind a matrix.
     *
     * @throws IllegalArgumentException if other kernels packed it
     */
    static RowMajorWeight of(HostMatrix matrix) {
        if (matrix instanceof RowMajorWeight weight) {
            return weight;
        }
        throw new IllegalArgumentException(
                "a " + matrix.getClass().getSimpleName() + " was not packed by the openblas backend");
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

    /** The values from the first of a row on. */
    MemorySegment from(int row) {
        return data.asSlice(offset(row));
    }

    /** Values from one row to the next. */
    int stride() {
        return stride;
    }

    private long offset(int row) {
        return (long) row * stride * Float.BYTES;
    }

    @Override
    public RowMajorWeight leading(int rows, int columns) {
        HostMatrix.requireLeading(this, rows, columns);
        return new RowMajorWeight(data, rows, columns, stride);
    }
}
