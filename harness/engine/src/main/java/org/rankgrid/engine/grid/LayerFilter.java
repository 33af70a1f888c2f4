package org.rankgrid.engine.grid;

import java.util.Collection;
import java.util.List;

/**
 * The layers that are left dense and out of the budget.
 *
 * @param patterns of layer keys, sorted, none twice: {@code *} stands for any characters, {@code ?} for one; all else is
 *     itself
 */
public record LayerFilter(List<String> patterns) {

    /** Excludes nothing. */
    public static final LayerFilter NONE = new LayerFilter(List.of());

    /** Sorts the patterns. */
    public LayerFilter {
        patterns = patterns.stream().distinct().sorted().toList();
    }

    /** Whether a layer is left out. */
    public boolean excludes(String key) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, key));
    }

    /** The patterns that match none of a model's layers: misspelt, most likely. */
    public List<String> idle(Collection<String> keys) {
        return patterns.stream()
                .filter(pattern -> keys.stream().noneMatch(key -> matches(pattern, key)))
                .toList();
    }

    /** Greedy matching: on a mismatch only the last star needs to take one more character. */
    private static boolean matches(String pattern, String key) {
        int p = 0;
        int k = 0;
        int star = -1;
        int afterStar = 0;
        while (k < key.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                afterStar = k;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == key.charAt(k))) {
                p++;
                k++;
            } else if (star >= 0) {
                p = star + 1;
                k = ++afterStar;
            } else {
                return false;
            }
        }
        return pattern.chars().skip(p).allMatch(c -> c == '*');
    }
}
