package org.rankgrid.backends.scalar.algebra;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The order of values. */
final class Order {

    private Order() {}

    /** Indexes of the values from the largest to the smallest; equal ones keep their order. */
    static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
