package org.rankgrid.tasks.python;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Python's methods of {@code str}, to the letter where Java's differ: whitespace is Unicode's, lengths are in code points, case
 * mappings are the full ones.
 */
public final class PythonText {

    private PythonText() {}

    /** Whether {@code str.isspace} holds for a character: wider than Java's, with U+00A0, U+0085 and U+001C to U+001F. */
    public static boolean isSpace(int codePoint) {
        return switch (codePoint) {
            case 0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default ->
                (codePoint >= 0x09 && codePoint <= 0x0D)
                        || (codePoint >= 0x1C && codePoint <= 0x1F)
                        || (codePoint >= 0x2000 && codePoint <= 0x200A);
        };
    }

    /** {@code text.strip()}. */
    public static String strip(String text) {
        return withoutEnds(text, PythonText::isSpace, true, true);
    }

    /** {@code text.strip(characters)}: without the leading and trailing characters that are in the set. */
    public static String strip(String text, String characters) {
        return withoutEnds(text, anyOf(characters), true, true);
    }

    /** {@code text.lstrip()}. */
    public static String lstrip(String text) {
        return withoutEnds(text, PythonText::isSpace, true, false);
    }

    /** {@code text.lstrip(characters)}. */
    public static String lstrip(String text, String characters) {
        return withoutEnds(text, anyOf(characters), true, false);
    }

    /** {@code text.rstrip()}. */
    public static String rstrip(String text) {
        return withoutEnds(text, PythonText::isSpace, false, true);
    }

    /** {@code text.rstrip(characters)}. */
    public static String rstrip(String text, String characters) {
        return withoutEnds(text, anyOf(characters), false, true);
    }

    /** The number of trailing characters that {@link #rstrip(String)} removes: {@code len(text) - len(text.rstrip())}. */
    public static int trailingWhitespace(String text) {
        // Every whitespace character is one UTF-16 unit.
        return text.length() - rstrip(text).length();
    }

    /** {@code len(text)}: code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** {@code text.capitalize()}: the first character in title case, all others small. */
    public static String capitalize(String text) {
        return CaseMapping.capitalize(text);
    }

    /** {@code text.title()}: each run of cased characters capitalised. */
    public static String title(String text) {
        return CaseMapping.title(text);
    }

    /** {@code text.upper()}. */
    public static String upper(String text) {
        return CaseMapping.upper(text);
    }

    /** {@code text.lower()}. */
    public static String lower(String text) {
        return CaseMapping.lower(text);
    }

    /** {@code text.split()}: the words between runs of whitespace, none of them empty. */
    public static List<String> split(String text) {
        String words = strip(text);
        return words.isEmpty() ? List.of() : splitByWhitespace(words);
    }

    /** {@code re.split(r"\s+", text)}: as {@link #split(String)}, with empty words at the ends where whitespace stands there. */
    public static List<String> splitByWhitespace(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            if (isSpace(text.charAt(i))) {
                words.add(text.substring(start, i));
                while (i < text.length() && isSpace(text.charAt(i))) {
                    i++;
                }
                start = i;
            } else {
                i++;
            }
        }
        words.add(text.substring(start));
        return List.copyOf(words);
    }

    /**
     * {@code str(value)} of a {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null, {@code List} or {@code Map}.
     *
     * @throws PythonException if it is or holds something else
     */
    public static String str(@Nullable Object value) {
        return value instanceof String text ? text : repr(value);
    }

    /**
     * {@code repr(value)}: as {@link #str}, but strings stand in quotes.
     *
     * @throws PythonException if it is or holds something else
     */
    public static String repr(@Nullable Object value) {
        return new PythonPrinter(Integer.MAX_VALUE).repr(value);
    }

    private static IntPredicate anyOf(String characters) {
        BitSet set = new BitSet();
        characters.codePoints().forEach(set::set);
        return set::get;
    }

    private static String withoutEnds(String text, IntPredicate unwanted, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && unwanted.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && unwanted.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }
}
