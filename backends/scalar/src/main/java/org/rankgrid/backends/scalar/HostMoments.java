package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.compute.Moments;

/** Accumulators for moments in the memory of the host; of the Gram matrix only the lower triangle is kept up. */
public final class HostMoments implements Moments {

    /**
     * Columns of a panel of the Gram matrix, which is stored panel by panel, each row by row: whoever adds tile after tile down
     * a panel goes straight through memory. Both sides are a multiple of it, so that kernels may work in whole tiles.
     */
    public static final int PANEL = 16;

    private final int columns;
    private final int gramSide;
    private final MemorySegment gram;
    private final MemorySegment groupSums;
    private final MemorySegment absoluteSums;
    private final long[] groupTokens;

    /** Accumulators in memory of the arena, all zero. */
    public HostMoments(Arena arena, int columns, int groups) {
        this.columns = columns;
        this.gramSide = Math.multiplyExact(Math.ceilDiv(columns, PANEL), PANEL);
        this.gram = HostMemory.doubles(arena, gramSide, gramSide);
        this.groupSums = HostMemory.doubles(arena, groups, columns);
        this.absoluteSums = HostMemory.doubles(arena, 1, columns);
        this.groupTokens = new long[groups];
    }

    /**
     * The host's accumulators behind some moments.
     *
     * @throws IllegalArgumentException if they belong to a backend that does not compute on the host
     */
    public static HostMoments of(Moments moments) {
        if (moments instanceof HostMoments host) {
            return host;
        }
        throw new IllegalArgumentException(
                "the " + moments.getClass().getSimpleName() + " are not moments of a host backend");
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int groups() {
        return groupTokens.length;
    }

    /** Sum of x xT, each entry at its {@link #gramOffset}; those above the diagonal and beyond n mean nothing. */
    public MemorySegment gram() {
        return gram;
    }

    /** Where, in doubles, an entry of the Gram matrix is; that in the next row is {@link #PANEL} further. */
    public long gramOffset(int row, int column) {
        return ((long) (column / PANEL) * gramSide + row) * PANEL + column % PANEL;
    }

    /** Sum of x for each group, groups by n doubles. */
    public MemorySegment groupSums() {
        return groupSums;
    }

    /** Sum of |x|, n doubles. */
    public MemorySegment absoluteSums() {
        return absoluteSums;
    }

    /** Counts tokens of a group. */
    public void countTokens(int group, int tokens) {
        groupTokens[group] += tokens;
    }

    /** A copy of what was accumulated, the Gram matrix completed to both triangles. */
    MomentValues values() {
        double[] full = new double[Math.multiplyExact(columns, columns)];
        // Some rows at a time, so that what is written across them fills whole cache lines.
        for (int top = 0; top < columns; top += PANEL) {
            int bottom = Math.min(columns, top + PANEL);
            for (int j = 0; j < bottom; j++) {
                for (int i = Math.max(top, j); i < bottom; i++) {
                    double value = gram.getAtIndex(ValueLayout.JAVA_DOUBLE, gramOffset(i, j));
                    full[i * columns + j] = value;
                    full[j * columns + i] = value;
                }
            }
        }
        double[][] sums = IntStream.range(0, groups())
                .mapToObj(group -> copy(groupSums, (long) group * columns))
                .toArray(double[][]::new);
        return new MomentValues(columns, full, groupTokens.clone(), sums, copy(absoluteSums, 0));
    }

    private double[] copy(MemorySegment from, long index) {
        double[] values = new double[columns];
        MemorySegment.copy(from, ValueLayout.JAVA_DOUBLE, index * Double.BYTES, values, 0, columns);
        return values;
    }
}
