package org.rankgrid.allocators.ranks;

import java.util.Collection;
import java.util.Optional;

/** The key a person may have meant. */
final class NearestKey {

    private NearestKey() {}

    /** The known key with the fewest single-letter edits, if they are less than a third of the letters. */
    static Optional<String> of(String key, Collection<String> known) {
        Optional<String> nearest = Optional.empty();
        int fewest = Integer.MAX_VALUE;
        for (String candidate : known) {
            // A longer difference in length is already too many edits; it also bounds the work on absurd keys.
            if (Math.abs(candidate.length() - key.length()) * 3 < candidate.length()) {
                int edits = edits(key, candidate);
                if (edits < fewest && edits * 3 < candidate.length()) {
                    fewest = edits;
                    nearest = Optional.of(candidate);
                }
            }
        }
        return nearest;
    }

    /** Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[previous.length];
            current[0] = i;
            for (int j = 1; j < current.length; j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
