package org.rankgrid.allocators.lems;

import java.util.Arrays;

/** LEMS's weights of blocks: 1 for the last, 1 + gamma for the first (ALGORITHMS D.9). */
final class DepthWeights {

    private DepthWeights() {}

    /**
     * The weights of all blocks: D_b = 1 + gamma (h_b - min h) / (max h - min h), h_b the sum of (l + 1)^-alpha over the
     * blocks l from b on. A single block weighs 1.
     */
    static double[] of(int blocks, double alpha, double gamma) {
        double[] sums = new double[blocks];
        double sum = 0;
        for (int b = blocks - 1; b >= 0; b--) {
            sum += Math.pow(b + 1, -alpha);
            sums[b] = sum;
        }
        double least = sums[blocks - 1];
        double range = sums[0] - least;
        return Arrays.stream(sums)
                .map(h -> range > 0 ? 1 + gamma * (h - least) / range : 1)
                .toArray();
    }
}
