package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.compute.Moments;

/** Accumulators for moments in the memory of the host; of the Gram matrix only the lower triangle is kept up. */
public final class HostMoments implements Moments {

    /** The Gram matrix is stored with sides that are a multiple of this, so that kernels may work in whole tiles. */
    private static final int TILE = 16;

    private final int columns;
    private final int gramStride;
    private final MemorySegment gram;
    private final MemorySegment groupSums;
    private final MemorySegment absoluteSums;
    private final long[] groupTokens;

    /** Accumulators in memory of the arena, all zero. */
    public HostMoments(Arena arena, int columns, int groups) {
        this.columns = columns;
        this.gramStride = Math.multiplyExact(Math.ceilDiv(columns, TILE), TILE);
        this.gram = HostMemory.doubles(arena, gramStride, gramStride);
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

    /**
     * Sum of x xT, row-major with {@link #gramStride()} doubles and as many rows; entries above the diagonal and beyond n
     * mean nothing.
     */
    public MemorySegment gram() {
        return gram;
    }

    /** Doubles in a row of the Gram matrix, and number of its rows: n rounded up to a multiple of 16. */
    public int gramStride() {
        return gramStride;
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
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
                double value = gram.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * gramStride + j);
                full[i * columns + j] = value;
                full[j * columns + i] = value;
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
