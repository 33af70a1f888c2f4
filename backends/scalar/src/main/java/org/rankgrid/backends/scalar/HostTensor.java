package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.spi.compute.Tensor;

/** A tensor in the memory of the host: f32, row-major, without gaps. */
public final class HostTensor implements Tensor {

    private final MemorySegment data;
    private final int rows;
    private final int columns;

    /**
     * A tensor in memory of the arena, all zero.
     *
     * @throws IllegalArgumentException if it would have no row or no column
     */
    public HostTensor(Arena arena, int rows, int columns) {
        this.data = HostMemory.floats(arena, rows, columns);
        this.rows = rows;
        this.columns = columns;
    }

    private HostTensor(MemorySegment data, int rows, int columns) {
        this.data = data;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * The host tensor behind a tensor.
     *
     * @throws IllegalArgumentException if it belongs to a backend that does not compute on the host
     */
    public static HostTensor of(Tensor tensor) {
        if (tensor instanceof HostTensor host) {
            return host;
        }
        throw new IllegalArgumentException(
                "a " + tensor.getClass().getSimpleName() + " is not a tensor of a host backend");
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
    public HostTensor reuse(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > (long) this.rows * this.columns) {
            throw new IllegalArgumentException("a " + rows + " x " + columns
                    + " tensor does not fit into the memory of one of " + this.rows + " x " + this.columns);
        }
        return new HostTensor(data, rows, columns);
    }

    /** The values, row-major, in whole cache lines (see {@link HostMemory}). Any use after the scope was closed is an {@link IllegalStateException}. */
    public MemorySegment data() {
        return data;
    }

    /** Number of values before the first of a row. */
    public long offset(int row) {
        return (long) row * columns;
    }

    /** The value at a place. */
    public float get(int row, int column) {
        return data.getAtIndex(ValueLayout.JAVA_FLOAT, offset(row) + column);
    }

    /** Sets the value at a place. */
    public void set(int row, int column, float value) {
        data.setAtIndex(ValueLayout.JAVA_FLOAT, offset(row) + column, value);
    }

    /** Copies consecutive rows into an array. */
    public void readRows(int firstRow, int count, float[] into) {
        MemorySegment.copy(
                data,
                ValueLayout.JAVA_FLOAT,
                offset(firstRow) * Float.BYTES,
                into,
                0,
                Math.multiplyExact(count, columns));
    }

    /** Copies some consecutive columns of a row into an array. */
    public void readPart(int row, int firstColumn, int count, float[] into) {
        MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, (offset(row) + firstColumn) * Float.BYTES, into, 0, count);
    }

    /** Copies an array into some consecutive columns of a row. */
    public void writePart(int row, int firstColumn, int count, float[] values) {
        MemorySegment.copy(values, 0, data, ValueLayout.JAVA_FLOAT, (offset(row) + firstColumn) * Float.BYTES, count);
    }

    /** Copies an array into one row. */
    public void writeRow(int row, float[] values) {
        MemorySegment.copy(values, 0, data, ValueLayout.JAVA_FLOAT, offset(row) * Float.BYTES, columns);
    }

    /** A copy of one row. */
    float[] row(int row) {
        float[] values = new float[columns];
        readRows(row, 1, values);
        return values;
    }

    @Override
    public String toString() {
        return rows + " x " + columns;
    }
}
