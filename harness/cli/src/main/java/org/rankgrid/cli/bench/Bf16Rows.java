package org.rankgrid.cli.bench;

import org.rankgrid.spi.compute.RowSource;

/** A weight stored in bfloat16 and widened when it is read, as from a checkpoint. */
final class Bf16Rows implements RowSource {

    private final short[] stored;
    private final int rows;
    private final int columns;

    /** Keeps the upper half of every value. */
    Bf16Rows(float[] values, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        stored = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            stored[i] = (short) (Float.floatToRawIntBits(values[i]) >> 16);
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
    public void read(int firstRow, int count, float[] into, int offset) {
        int first = firstRow * columns;
        for (int i = 0; i < count * columns; i++) {
            into[offset + i] = Float.intBitsToFloat(stored[first + i] << 16);
        }
    }
}
