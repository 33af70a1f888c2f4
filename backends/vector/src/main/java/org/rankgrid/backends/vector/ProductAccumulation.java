package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import org.rankgrid.backends.scalar.HostProductSums;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Sums over tokens of products of two activations, in double: a vector of columns at a time runs down the rows, so that every
 * sum adds one token after the other.
 */
final class ProductAccumulation {

    private final WorkerPool pool;

    ProductAccumulation(WorkerPool pool) {
        this.pool = pool;
    }

    /** Adds the products of corresponding elements of a and b, t by n. */
    void accumulate(HostTensor a, HostTensor b, PackedSequences batch, HostProductSums into) {
        for (int s = 0; s < batch.count(); s++) {
            into.countSequence(batch.length(s));
        }
        int n = a.columns();
        pool.run(Math.ceilDiv(n, Lanes.HALF_WIDTH), (task, worker) -> {
            int column = task * Lanes.HALF_WIDTH;
            int count = Math.min(Lanes.HALF_WIDTH, n - column);
            for (int s = 0; s < batch.count(); s++) {
                long at = a.offset(batch.start(s)) + column;
                addProducts(a.data(), b.data(), at, n, batch.length(s), column, count, into);
            }
        });
    }

    /** The columns of one vector, of which the first {@code count} are there. */
    private static void addProducts(
            MemorySegment a,
            MemorySegment b,
            long first,
            int stride,
            int rows,
            int column,
            int count,
            HostProductSums into) {
        DoubleVector sum = DoubleVector.zero(Lanes.DOUBLES);
        DoubleVector squares = Lanes.loadDoubles(into.squaredProducts(), column);
        DoubleVector left = Lanes.loadDoubles(into.leftSquares(), column);
        DoubleVector right = Lanes.loadDoubles(into.rightSquares(), column);
        for (int r = 0; r < rows; r++) {
            long at = first + (long) r * stride;
            DoubleVector x = Lanes.widen(a, at, count);
            DoubleVector y = Lanes.widen(b, at, count);
            DoubleVector product = x.mul(y);
            sum = sum.add(product);
            squares = product.fma(product, squares);
            left = x.fma(x, left);
            right = y.fma(y, right);
        }
        // Here, not in a method of their own: the JIT would make an object of every vector handed to it.
        Lanes.store(Lanes.loadDoubles(into.products(), column).add(sum), into.products(), column);
        Lanes.store(
                sum.fma(sum, Lanes.loadDoubles(into.squaredSequenceProducts(), column)),
                into.squaredSequenceProducts(),
                column);
        Lanes.store(squares, into.squaredProducts(), column);
        Lanes.store(left, into.leftSquares(), column);
        Lanes.store(right, into.rightSquares(), column);
    }
}
