package org.rankgrid.tasks.python;

import java.util.Locale;

/** The case mappings of CPython: the full ones of Unicode, final sigma by CPython's own look around it. */
final class CaseMapping {

    private static final int CAPITAL_SIGMA = 0x3A3;
    private static final int SMALL_SIGMA = 0x3C3;
    private static final int FINAL_SIGMA = 0x3C2;
    private static final int CAPITAL_I_WITH_DOT = 0x130;
    private static final int N_WITH_APOSTROPHE = 0x149;
    private static final int CAPITAL_IOTA = 0x399;
    private static final int IOTA_BELOW = 0x345;

    /** Characters within words that Unicode's rules of word boundaries call MidLetter, MidNumLet or Single_Quote. */
    private static final String WITHIN_WORDS =
            "':.\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

    private CaseMapping() {}

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        int[] letters = text.codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < letters.length; i++) {
            appendLower(result, letters, i);
        }
        return result.toString();
    }

    static String capitalize(String text) {
        int[] letters = text.codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < letters.length; i++) {
            if (i == 0) {
                appendTitle(result, letters[i]);
            } else {
                appendLower(result, letters, i);
            }
        }
        return result.toString();
    }

    static String title(String text) {
        int[] letters = text.codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        boolean afterCased = false;
        for (int i = 0; i < letters.length; i++) {
            if (afterCased) {
                appendLower(result, letters, i);
            } else {
                appendTitle(result, letters[i]);
            }
            afterCased = isCased(letters[i]);
        }
        return result.toString();
    }

    private static void appendLower(StringBuilder result, int[] letters, int i) {
        switch (letters[i]) {
            case CAPITAL_SIGMA -> result.appendCodePoint(isFinal(letters, i) ? FINAL_SIGMA : SMALL_SIGMA);
            case CAPITAL_I_WITH_DOT -> result.append("i\u0307");
            default -> result.appendCodePoint(Character.toLowerCase(letters[i]));
        }
    }

    /**
     * Java knows the title case of one character by one; where Unicode has several, they are the capitals with all but the
     * first made small again.
     */
    private static void appendTitle(StringBuilder result, int letter) {
        String capitals = Character.toString(letter).toUpperCase(Locale.ROOT);
        int title = Character.toTitleCase(letter);
        if (capitals.codePointCount(0, capitals.length()) == 1 || title != letter || Character.isTitleCase(letter)) {
            result.appendCodePoint(title);
        } else if (letter == N_WITH_APOSTROPHE) {
            result.append(capitals);
        } else {
            int first = capitals.codePointAt(0);
            result.appendCodePoint(first);
            capitals.codePoints()
                    .skip(1)
                    .map(c -> c == CAPITAL_IOTA ? IOTA_BELOW : Character.toLowerCase(c))
                    .forEach(result::appendCodePoint);
        }
    }

    /** Whether a sigma ends a word: a cased letter before it and none after, whatever is case-ignorable between them. */
    private static boolean isFinal(int[] letters, int i) {
        int before = i - 1;
        while (before >= 0 && isCaseIgnorable(letters[before])) {
            before--;
        }
        int after = i + 1;
        while (after < letters.length && isCaseIgnorable(letters[after])) {
            after++;
        }
        return before >= 0 && isCased(letters[before]) && (after == letters.length || !isCased(letters[after]));
    }

    private static boolean isCased(int letter) {
        return Character.isLowerCase(letter) || Character.isUpperCase(letter) || Character.isTitleCase(letter);
    }

    private static boolean isCaseIgnorable(int letter) {
        return switch (Character.getType(letter)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default -> WITHIN_WORDS.indexOf(letter) >= 0;
        };
    }
}
