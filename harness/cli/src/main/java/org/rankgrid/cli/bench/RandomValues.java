package org.rankgrid.cli.bench;

import java.util.SplittableRandom;

/** Reproducible input: uniform in [-1, 1), the same in every fork. */
public final class RandomValues {

    private RandomValues() {}

    /** A matrix, row-major. */
    public static float[] of(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
