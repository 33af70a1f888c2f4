package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * The product of packed rows with some panels of a weight, on one thread.
 *
 * <p>Features are taken in blocks of fixed length, so that a panel's block stays in the nearest caches while one tile of
 * rows after the other needs it. An element is the sum over the blocks in order, each block summed on its own in order:
 * neither the rows nor the panels taken at once change it, and rounding errors grow more slowly than with n.
 */
final class BlockProduct {

    /** Features of a block: with 32 columns of 4 bytes a panel's block is 64 KiB; 256 was a few per cent slower. */
    static final int BLOCK = 512;

    private final float[] tile = new float[MicroKernel.TILE];

    /**
     * into = into + rows * panels.
     *
     * @param rows rows of the activation
     * @param weight the weight, as wide as the rows
     * @param firstPanel the first panel
     * @param lastPanel the panel after the last
     * @param into row-major; the element of the first row and the first panel's first column is at float {@code offset}
     * @param stride floats from one row to the next
     */
    void addTo(
            RowTiles rows,
            PackedMatrix weight,
            int firstPanel,
            int lastPanel,
            MemorySegment into,
            long offset,
            int stride) {
        int n = weight.columns();
        for (int panel = firstPanel; panel < lastPanel; panel++) {
            int firstColumn = panel * MicroKernel.COLUMNS;
            int count = Math.min(MicroKernel.COLUMNS, weight.rows() - firstColumn);
            long corner = offset + firstColumn - (long) firstPanel * MicroKernel.COLUMNS;
            for (int block = 0; block < n; block += BLOCK) {
                int length = Math.min(BLOCK, n - block);
                addBlock(rows, block, length, weight.data(), weight.offset(panel, block), into, corner, stride, count);
            }
        }
    }

    /**
     * into = into + some features of the rows * their values in a panel.
     *
     * @param feature the first feature of the rows
     * @param length number of features
     * @param panel the values: of column j at the feature p places further at float {@code panelOffset + p * COLUMNS + j}
     * @param corner where, in floats, the element of the first row and column is
     * @param columns how many columns of the panel count
     */
    void addBlock(
            RowTiles rows,
            int feature,
            int length,
            MemorySegment panel,
            long panelOffset,
            MemorySegment into,
            long corner,
            int stride,
            int columns) {
        for (int t = 0; t < rows.tiles(); t++) {
            MicroKernel.multiply(rows.values(), rows.offset(t, feature), panel, panelOffset, length, tile);
            addTile(into, corner + (long) t * MicroKernel.ROWS * stride, stride, rows.rowsOf(t), columns);
        }
    }

    private void addTile(MemorySegment into, long corner, int stride, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            long at = corner + (long) i * stride;
            int from = i * MicroKernel.COLUMNS;
            if (columns == MicroKernel.COLUMNS) {
                addVector(into, at, from);
                addVector(into, at + Lanes.WIDTH, from + Lanes.WIDTH);
            } else {
                for (int j = 0; j < columns; j++) {
                    float sum = into.getAtIndex(ValueLayout.JAVA_FLOAT, at + j) + tile[from + j];
                    into.setAtIndex(ValueLayout.JAVA_FLOAT, at + j, sum);
                }
            }
        }
    }

    private void addVector(MemorySegment into, long at, int from) {
        Lanes.store(Lanes.load(into, at).add(FloatVector.fromArray(Lanes.FLOATS, tile, from)), into, at);
    }
}
