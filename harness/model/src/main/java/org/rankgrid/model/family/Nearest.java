package org.rankgrid.model.family;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The nearest of some known words to one that is not known. */
final class Nearest {

    private Nearest() {}

    /** The word with the fewest edits from the given one, if they are at most a third of its letters. */
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> edits(word, candidate) <= Math.max(word.length(), candidate.length()) / 3)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /** Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
