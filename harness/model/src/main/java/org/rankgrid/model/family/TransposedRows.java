package org.rankgrid.model.family;

import org.jspecify.annotations.Nullable;
import org.rankgrid.model.family.LinearPlace.RowPattern;
import org.rankgrid.spi.compute.RowSource;

/**
 * Rows of a weight that is stored transposed, n by m. A band of rows is transposed at a time and kept, as each row needs a
 * value of every stored row; memory is a band, never the whole of a large weight.
 */
final class TransposedRows implements RowSource {

    /** Values in a band, and in the stored rows read at a time for it. */
    private static final int BAND_VALUES = 1 << 22;

    private final RowSource stored;
    private final RowPattern pattern;
    private final int rows;
    private final int bandRows;
    private volatile @Nullable Band latest;

    TransposedRows(RowSource stored, RowPattern pattern, int rows) {
        this.stored = stored;
        this.pattern = pattern;
        this.rows = rows;
        bandRows = Math.clamp(BAND_VALUES / columns(), 1, rows);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return stored.rows();
    }

    @Override
    public void read(int firstRow, int count, float[] into, int offset) {
        int row = firstRow;
        while (row < firstRow + count) {
            Band band = band(row / bandRows);
            int within = row % bandRows;
            int run = Math.min(bandRows - within, firstRow + count - row);
            System.arraycopy(
                    band.values, within * columns(), into, offset + (row - firstRow) * columns(), run * columns());
            row += run;
        }
    }

    private Band band(int index) {
        Band band = latest;
        if (band == null || band.index != index) {
            band = new Band(index, transpose(index * bandRows, Math.min(bandRows, rows - index * bandRows)));
            latest = band;
        }
        return band;
    }

    private float[] transpose(int firstRow, int count) {
        int width = stored.columns();
        int height = stored.rows();
        int step = Math.clamp(BAND_VALUES / width, 1, height);
        float[] values = new float[count * height];
        float[] block = new float[step * width];
        for (int top = 0; top < height; top += step) {
            int read = Math.min(step, height - top);
            stored.read(top, read, block, 0);
            for (int row = 0; row < count; row++) {
                int column = pattern.at(firstRow + row);
                for (int i = 0; i < read; i++) {
                    values[row * height + top + i] = block[i * width + column];
                }
            }
        }
        return values;
    }

    private record Band(int index, float[] values) {}
}
