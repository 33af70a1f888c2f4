package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * The product of packed rows with some panels of a weight, on one thread.
 *
 * <p>Features are taken in blocks whose length depends on their number alone, so that a panel's block stays in the nearest
 * caches while one tile of rows after the other needs it. An element is the sum over the blocks in order, each block summed
 * on its own in order: neither the rows, the panels nor the blocks taken at once change it, and rounding errors grow more
 * slowly than with n.
 */
final class BlockProduct {

    /** Features of a block where their number is not the weight's width: with 32 columns a panel's block is 64 KiB. */
    static final int BLOCK = 512;

    /** Most features of a block. */
    private static final int LONGEST = 640;

    /** Floats of rows that all panels meet before the next: a core's share of the last cache, or less. */
    private static final long ROOM = 6 * CacheSizes.second() / Float.BYTES;

    private final float[] tile = new float[MicroKernel.TILE];
    private final float[] start = new float[MicroKernel.COLUMNS];

    /** Features of a block of so many altogether: a short last one would pay for its sums as a whole one does. */
    static int even(int features) {
        return Math.ceilDiv(features, Math.ceilDiv(features, LONGEST));
    }

    /**
     * into = rows * panels + bias.
     *
     * @param rows rows of the activation
     * @param weight the weight, as wide as the rows
     * @param firstPanel the first panel
     * @param lastPanel the panel after the last
     * @param bias as many values as the weight has rows; none for zero
     * @param into row-major; the element of the first row and the first panel's first column is at float {@code offset}
     * @param stride floats from one row to the next
     */
    void multiply(
            RowBlock rows,
            PackedMatrix weight,
            int firstPanel,
            int lastPanel,
            @Nullable MemorySegment bias,
            MemorySegment into,
            long offset,
            int stride) {
        int n = weight.columns();
        int block = even(n);
        int group = block * (int) Math.max(1, ROOM / ((long) rows.rows() * block));
        for (int feature = 0; feature < n; feature += group) {
            int last = Math.min(n, feature + group);
            for (int panel = firstPanel; panel < lastPanel; panel++) {
                long corner = offset + (long) (panel - firstPanel) * MicroKernel.COLUMNS;
                addPanel(rows, weight, panel, feature, last, block, bias, into, corner, stride);
            }
        }
    }

    /** Adds some features' part of a panel's columns, to the bias if they are the first. */
    private void addPanel(
            RowBlock rows,
            PackedMatrix weight,
            int panel,
            int feature,
            int lastFeature,
            int block,
            @Nullable MemorySegment bias,
            MemorySegment into,
            long corner,
            int stride) {
        int column = panel * MicroKernel.COLUMNS;
        int columns = Math.min(MicroKernel.COLUMNS, weight.rows() - column);
        int added = feature;
        if (feature == 0) {
            begin(bias, column, columns);
            added = Math.min(block, lastFeature);
            setBlock(rows, added, weight.data(), weight.offset(panel, 0), into, corner, stride, columns);
        }
        for (int at = added; at < lastFeature; at += block) {
            int length = Math.min(block, lastFeature - at);
            addBlock(rows, at, length, weight.data(), weight.offset(panel, at), into, corner, stride, columns);
        }
    }

    /** What the sums of a panel begin with. */
    private void begin(@Nullable MemorySegment bias, int column, int columns) {
        if (bias == null) {
            Arrays.fill(start, 0);
        } else {
            MemorySegment.copy(bias, ValueLayout.JAVA_FLOAT, (long) column * Float.BYTES, start, 0, columns);
        }
    }

    /** into = what the sums begin with + the first features of the rows * their values in a panel. */
    private void setBlock(
            RowBlock rows,
            int length,
            MemorySegment panel,
            long panelOffset,
            MemorySegment into,
            long corner,
            int stride,
            int columns) {
        for (int t = 0; t < rows.tiles(); t++) {
            MicroKernel.multiply(rows.values(), rows.offset(t, 0), rows.stride(), panel, panelOffset, length, tile);
            setTile(into, corner + (long) t * MicroKernel.ROWS * stride, stride, rows.rowsOf(t), columns);
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
            RowBlock rows,
            int feature,
            int length,
            MemorySegment panel,
            long panelOffset,
            MemorySegment into,
            long corner,
            int stride,
            int columns) {
        for (int t = 0; t < rows.tiles(); t++) {
            MicroKernel.multiply(
                    rows.values(), rows.offset(t, feature), rows.stride(), panel, panelOffset, length, tile);
            addTile(into, corner + (long) t * MicroKernel.ROWS * stride, stride, rows.rowsOf(t), columns);
        }
    }

    private void setTile(MemorySegment into, long corner, int stride, int rows, int columns) {
        int left = Math.min(Lanes.WIDTH, columns);
        for (int i = 0; i < rows; i++) {
            long at = corner + (long) i * stride;
            int from = i * MicroKernel.COLUMNS;
            if (columns == MicroKernel.COLUMNS) {
                Lanes.store(sum(from, 0), into, at);
                Lanes.store(sum(from, Lanes.WIDTH), into, at + Lanes.WIDTH);
            } else {
                Lanes.store(sum(from, 0), into, at, left);
                Lanes.store(sum(from, Lanes.WIDTH), into, at + left, columns - left);
            }
        }
    }

    private FloatVector sum(int row, int column) {
        return FloatVector.fromArray(Lanes.FLOATS, start, column)
                .add(FloatVector.fromArray(Lanes.FLOATS, tile, row + column));
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
