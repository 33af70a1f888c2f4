package org.rankgrid.model.weights;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.rankgrid.model.weights.block.BlockFormat;
import org.rankgrid.spi.compute.RowSource;

/**
 * Rows of a tensor in a mapped file, or the first values of its first rows.
 *
 * @param data begins with the first row
 * @param format how values are stored
 * @param rows m
 * @param columns n, a multiple of the format's block
 * @param stride bytes from a row to the next
 */
record MappedRows(MemorySegment data, BlockFormat format, int rows, int columns, long stride) implements RowSource {

    /** A whole matrix, whose rows lie close together. */
    static MappedRows whole(MemorySegment data, BlockFormat format, int rows, int columns) {
        return new MappedRows(data, format, rows, columns, format.bytes(columns));
    }

    /** The first rows and columns of this matrix; a view, nothing is read. */
    MappedRows prefix(int firstRows, int firstColumns) {
        if (firstRows < 0 || firstRows > rows || firstColumns < 0 || firstColumns > columns) {
            throw new IllegalArgumentException(
                    "a " + rows + " x " + columns + " matrix has no prefix of " + firstRows + " x " + firstColumns);
        }
        return new MappedRows(data, format, firstRows, firstColumns, stride);
    }

    @Override
    public void read(int firstRow, int count, float[] into, int offset) {
        Objects.checkFromIndexSize(firstRow, count, rows);
        int values = Math.multiplyExact(count, columns);
        Objects.checkFromIndexSize(offset, values, into.length);
        if (stride == format.bytes(columns)) {
            format.decode(data, firstRow * stride, values, into, offset);
        } else {
            for (int row = 0; row < count; row++) {
                format.decode(data, (firstRow + row) * stride, columns, into, offset + row * columns);
            }
        }
    }
}
