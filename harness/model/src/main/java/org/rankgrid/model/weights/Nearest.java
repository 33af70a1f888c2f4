package org.rankgrid.model.weights;

import java.util.Collection;
import java.util.Optional;

/** Finds what a person probably meant: the name at the smallest edit distance. */
final class Nearest {

    private static final int LONGEST = 200;

    private Nearest() {}

    /** ", the nearest is 'x'", or nothing where no name is near. */
    static String hint(String meant, Collection<String> names) {
        return to(meant, names)
                .map(name -> ", the nearest is " + Quoted.of(name))
                .orElse("");
    }

    /** The nearest name, if it is near: at most a third of the letters differ. */
    static Optional<String> to(String meant, Collection<String> names) {
        if (meant.length() > LONGEST) {
            return Optional.empty();
        }
        int smallest = Math.max(2, meant.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String name : names) {
            if (Math.abs(name.length() - meant.length()) < smallest) {
                int distance = distance(meant, name);
                if (distance < smallest) {
                    smallest = distance;
                    nearest = Optional.of(name);
                }
            }
        }
        return nearest;
    }

    /** Levenshtein's distance: insertions, deletions and replacements that turn one word into the other. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        int[] current = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] spare = previous;
            previous = current;
            current = spare;
        }
        return previous[to.length()];
    }
}
