package org.rankgrid.allocators.lems;

import java.util.ArrayList;
import java.util.List;

/**
 * The depth weights that are tried: the given ones, then points of the Halton sequence of bases 2 and 3, which fill the
 * box evenly.
 */
final class DepthCandidates {

    /** The box of the published search. */
    static final double LARGEST_ALPHA = 3;

    static final double LARGEST_GAMMA = 7;

    /** Two parameters of {@link DepthWeights}. */
    record Depth(double alpha, double gamma) {}

    private DepthCandidates() {}

    static List<Depth> of(Depth given, int count) {
        List<Depth> candidates = new ArrayList<>(List.of(given));
        for (int i = 1; i < count; i++) {
            candidates.add(new Depth(LARGEST_ALPHA * radicalInverse(i, 2), LARGEST_GAMMA * radicalInverse(i, 3)));
        }
        return candidates;
    }

    /** The digits of a number mirrored at the point. */
    static double radicalInverse(int number, int base) {
        double inverse = 0;
        double place = 1.0 / base;
        for (int left = number; left > 0; left /= base) {
            inverse += place * (left % base);
            place /= base;
        }
        return inverse;
    }
}
