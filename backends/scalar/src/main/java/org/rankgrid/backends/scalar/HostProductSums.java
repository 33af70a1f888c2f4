package org.rankgrid.backends.scalar;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.spi.compute.ProductSumValues;
import org.rankgrid.spi.compute.ProductSums;

/** Accumulators for products of corresponding elements a and b in the memory of the host; each sum n doubles. */
public final class HostProductSums implements ProductSums {

    private final int columns;
    private final MemorySegment products;
    private final MemorySegment squaredSequenceProducts;
    private final MemorySegment squaredProducts;
    private final MemorySegment leftSquares;
    private final MemorySegment rightSquares;
    private long tokens;
    private long sequences;

    /** Accumulators in memory of the arena, all zero. */
    public HostProductSums(Arena arena, int columns) {
        this.columns = columns;
        products = HostMemory.doubles(arena, 1, columns);
        squaredSequenceProducts = HostMemory.doubles(arena, 1, columns);
        squaredProducts = HostMemory.doubles(arena, 1, columns);
        leftSquares = HostMemory.doubles(arena, 1, columns);
        rightSquares = HostMemory.doubles(arena, 1, columns);
    }

    /**
     * The host's accumulators behind some sums.
     *
     * @throws IllegalArgumentException if they belong to a backend that does not compute on the host
     */
    public static HostProductSums of(ProductSums sums) {
        if (sums instanceof HostProductSums host) {
            return host;
        }
        throw new IllegalArgumentException(
                "the " + sums.getClass().getSimpleName() + " are not product sums of a host backend");
    }

    @Override
    public int columns() {
        return columns;
    }

    /** Sum of a b. */
    public MemorySegment products() {
        return products;
    }

    /** Sum over sequences of the square of the sequence's sum of a b. */
    public MemorySegment squaredSequenceProducts() {
        return squaredSequenceProducts;
    }

    /** Sum of (a b)^2. */
    public MemorySegment squaredProducts() {
        return squaredProducts;
    }

    /** Sum of a^2. */
    public MemorySegment leftSquares() {
        return leftSquares;
    }

    /** Sum of b^2. */
    public MemorySegment rightSquares() {
        return rightSquares;
    }

    /** Counts a sequence and its tokens. */
    public void countSequence(int length) {
        sequences++;
        tokens += length;
    }

    /** A copy of what was accumulated. */
    ProductSumValues values() {
        return new ProductSumValues(
                tokens,
                sequences,
                copy(products),
                copy(squaredSequenceProducts),
                copy(squaredProducts),
                copy(leftSquares),
                copy(rightSquares));
    }

    private double[] copy(MemorySegment from) {
        double[] values = new double[columns];
        MemorySegment.copy(from, ValueLayout.JAVA_DOUBLE, 0, values, 0, columns);
        return values;
    }
}
