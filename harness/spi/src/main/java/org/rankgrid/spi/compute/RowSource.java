package org.rankgrid.spi.compute;

/**
 * Rows of a weight as 32-bit floats, read or dequantised when asked for. Safe for use by several threads at once.
 */
public interface RowSource {

    /** m, number of rows. */
    int rows();

    /** n, values in a row. */
    int columns();

    /**
     * Reads some consecutive rows.
     *
     * @param firstRow the first row
     * @param count how many
     * @param into receives count * n values, row-major
     * @param offset where in {@code into} the first value goes
     */
    void read(int firstRow, int count, float[] into, int offset);

    /** All values, row-major. */
    default float[] readAll() {
        float[] values = new float[Math.multiplyExact(rows(), columns())];
        read(0, rows(), values, 0);
        return values;
    }

    /** A source over values in memory, m by n, row-major; the array is not copied. */
    static RowSource of(float[] values, int rows, int columns) {
        if (values.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " x " + columns);
        }
        return new RowSource() {
            @Override
            public int rows() {
                return rows;
            }

            @Override
            public int columns() {
                return columns;
            }

            @Override
            public void read(int firstRow, int count, float[] into, int offset) {
                System.arraycopy(values, firstRow * columns, into, offset, count * columns);
            }
        };
    }
}
