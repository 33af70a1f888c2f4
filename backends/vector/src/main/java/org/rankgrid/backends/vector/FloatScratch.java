package org.rankgrid.backends.vector;

import java.util.stream.Stream;

/** An array that a kernel uses again and again, and that grows to the largest use. */
final class FloatScratch {

    private float[] values = {};

    /** One for each thread of a pool. */
    static FloatScratch[] forEach(WorkerPool pool) {
        return Stream.generate(FloatScratch::new).limit(pool.threads()).toArray(FloatScratch[]::new);
    }

    /** Room for a number of values; what was in it is lost when it grows, else left. */
    float[] atLeast(int count) {
        if (values.length < count) {
            values = new float[count];
        }
        return values;
    }
}
