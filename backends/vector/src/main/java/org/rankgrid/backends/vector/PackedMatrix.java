package org.rankgrid.backends.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.backends.scalar.HostMatrix;
import org.rankgrid.backends.scalar.HostMemory;
import org.rankgrid.spi.compute.RowSource;

/**
 * A weight in panels of as many rows as the micro-kernel's tile has columns: a panel holds, input feature by input feature,
 * the values of its rows. Of a whole matrix, rows missing from the last panel are zero. A leading part shares the memory: its
 * panels are cut short, and its last panel may hold values of rows that are not its own.
 */
final class PackedMatrix implements HostMatrix {

    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final int stride;

    private PackedMatrix(Arena arena, int rows, int columns) {
        this(HostMemory.floats(arena, Lanes.roundUp(rows, MicroKernel.COLUMNS), columns), rows, columns, columns);
    }

    /** A whole matrix that lies, or will lie, in some memory. */
    PackedMatrix(MemorySegment data, int rows, int columns) {
        this(data, rows, columns, columns);
    }

    private PackedMatrix(MemorySegment data, int rows, int columns, int stride) {
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /** Packs a weight panel by panel, as it is read. */
    static PackedMatrix pack(RowSource source, Arena arena, WorkerPool pool) {
        PackedMatrix matrix = new PackedMatrix(arena, source.rows(), source.columns());
        int share = Math.ceilDiv(matrix.panels(), pool.threads());
        pool.run(pool.threads(), (task, worker) -> {
            int last = Math.min(matrix.panels(), (task + 1) * share);
            matrix.fill(source, task * share, last);
        });
        return matrix;
    }

    /**
     * The packed matrix behind a matrix.
     *
     * @throws IllegalArgumentException if other kernels packed it
     */
    static PackedMatrix of(HostMatrix matrix) {
        if (matrix instanceof PackedMatrix packed) {
            return packed;
        }
        throw new IllegalArgumentException(
                "a " + matrix.getClass().getSimpleName() + " was not packed by the vector backend");
    }

    private void fill(RowSource source, int firstPanel, int lastPanel) {
        int height = MicroKernel.COLUMNS;
        float[] read = new float[height * columns];
        float[] panel = new float[height * columns];
        for (int p = firstPanel; p < lastPanel; p++) {
            int count = Math.min(height, rows - p * height);
            source.read(p * height, count, read, 0);
            for (int j = 0; j < columns; j++) {
                for (int i = 0; i < count; i++) {
                    panel[j * height + i] = read[i * columns + j];
                }
                for (int i = count; i < height; i++) {
                    panel[j * height + i] = 0;
                }
            }
            MemorySegment.copy(panel, 0, data, ValueLayout.JAVA_FLOAT, offset(p, 0) * Float.BYTES, panel.length);
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

    /** Number of panels. */
    int panels() {
        return Math.ceilDiv(rows, MicroKernel.COLUMNS);
    }

    /** The panels, one after the other. */
    MemorySegment data() {
        return data;
    }

    /** Where, in floats, a panel's values of an input feature begin. */
    long offset(int panel, int column) {
        return ((long) panel * stride + column) * MicroKernel.COLUMNS;
    }

    @Override
    public void readRow(int row, float[] into) {
        long first = offset(row / MicroKernel.COLUMNS, 0) + row % MicroKernel.COLUMNS;
        for (int j = 0; j < columns; j++) {
            into[j] = data.getAtIndex(ValueLayout.JAVA_FLOAT, first + (long) j * MicroKernel.COLUMNS);
        }
    }

    @Override
    public PackedMatrix leading(int rows, int columns) {
        HostMatrix.requireLeading(this, rows, columns);
        return new PackedMatrix(data, rows, columns, stride);
    }
}
