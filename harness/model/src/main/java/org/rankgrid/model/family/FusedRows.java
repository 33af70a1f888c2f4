package org.rankgrid.model.family;

import org.rankgrid.model.family.LinearPlace.RowPattern;
import org.rankgrid.spi.compute.RowSource;

/** The rows of a fused weight that belong to one layer. */
record FusedRows(RowSource stored, RowPattern pattern, int rows) implements RowSource {

    @Override
    public int columns() {
        return stored.columns();
    }

    @Override
    public void read(int firstRow, int count, float[] into, int offset) {
        int row = firstRow;
        while (row < firstRow + count) {
            int run = Math.min(pattern.group() - row % pattern.group(), firstRow + count - row);
            stored.read(pattern.at(row), run, into, offset + (row - firstRow) * columns());
            row += run;
        }
    }
}
