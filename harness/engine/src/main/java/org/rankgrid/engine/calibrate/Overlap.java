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

    private final Set<Run> seen = new HashSet<>();

    /** What some calibration sequences can have in common with others. */
    public Overlap(List<int[]> calibration) {
        for (int[] ids : calibration) {
            for (int from = 0; from + TOKENS <= ids.length; from++) {
                seen.add(new Run(ids, from));
            }
        }
    }

    /** Whether some tokens have {@value #TOKENS} consecutive ones in common with a calibration sequence. */
    public boolean with(int[] ids) {
        for (int from = 0; from + TOKENS <= ids.length; from++) {
            if (seen.contains(new Run(ids, from))) {
                return true;
            }
        }
        return false;
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
