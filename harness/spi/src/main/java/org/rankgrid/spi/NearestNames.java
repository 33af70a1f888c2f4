package org.rankgrid.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Suggestions for a name that is not known: did you mean ...? The one algorithm of the ground floor: every room and every plugin
 * owes a person this hint.
 */
public final class NearestNames {

    private static final int MOST = 3;

    /** Longer words are not typing errors; the distance below costs the square of the length. */
    private static final int LONGEST = 128;

    private NearestNames() {}

    /**
     * The known names nearest to a word, nearest first, at most three. A name is near if it is one typing error in three
     * letters away or less (case and {@code _} for {@code -} are free), or if it begins with the word.
     */
    public static List<String> of(String word, Collection<String> known) {
        String wanted = normal(word);
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return List.of();
        }
        record Candidate(String name, int errors) {}
        List<Candidate> candidates = new ArrayList<>();
        for (String name : known) {
            if (name.chars().anyMatch(Character::isISOControl)) {
                // Names may come from a damaged file; they are shown to a person.
                continue;
            }
            String candidate = normal(name);
            int errors = candidate.length() > LONGEST ? Integer.MAX_VALUE : distance(wanted, candidate);
            int allowed = Math.max(1, wanted.length() / 3);
            boolean begins = wanted.length() >= 3 && candidate.startsWith(wanted);
            // Of a word of one letter, an error would leave nothing.
            if (begins || (errors <= allowed && errors < wanted.length())) {
                candidates.add(new Candidate(name, begins ? Math.min(errors, allowed) : errors));
            }
        }
        return candidates.stream()
                .sorted(Comparator.comparingInt(Candidate::errors))
                .map(Candidate::name)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** Words to follow a misspelt name: {@code " (did you mean 'a' or 'b'?)"}, or nothing where no name is near. */
    public static String hint(String word, Collection<String> known) {
        List<String> near = of(word, known);
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(" or ", " (did you mean ", "?)"));
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Damerau-Levenshtein distance in its form of optimal string alignment: insertions, deletions, substitutions and swaps of
     * neighbours, no letter touched twice.
     */
    static int distance(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] spare = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length()];
    }
}
