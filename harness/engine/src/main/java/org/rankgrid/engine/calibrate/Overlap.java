package org.rankgrid.engine.calibrate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds text that stands both in what a model was calibrated on and in what it is tested on: a score on such text says less
 * than it seems to.
 */
public final class Overlap {

    /** Texts overlap where they share so many consecutive tokens: longer than any phrase that recurs by chance. */
    public static final int TOKENS = 64;

    private Overlap() {}

    /** How many of the test windows share {@value #TOKENS} consecutive tokens with a calibration sequence. */
    public static int count(List<int[]> calibration, List<int[]> test) {
        Set<Run> seen = new HashSet<>();
        for (int[] ids : calibration) {
            for (int from = 0; from + TOKENS <= ids.length; from++) {
                seen.add(new Run(ids, from));
            }
        }
        int overlapping = 0;
        for (int[] ids : test) {
            for (int from = 0; from + TOKENS <= ids.length; from++) {
                if (seen.contains(new Run(ids, from))) {
                    overlapping++;
                    break;
                }
            }
        }
        return overlapping;
    }

    /** Some consecutive tokens of a sequence, compared by value. */
    private record Run(int[] ids, int from) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Run that
                    && Arrays.equals(ids, from, from + TOKENS, that.ids, that.from, that.from + TOKENS);
        }

        @Override
        public int hashCode() {
            int hash = 1;
            for (int i = from; i < from + TOKENS; i++) {
                hash = 31 * hash + ids[i];
            }
            return hash;
        }
    }
}
