package org.rankgrid.engine.score;

/**
 * White space as Python's {@code str.isspace} has it: the separators and controls of Unicode's bidirectional classes WS, B and
 * S, and category Zs. Java's notions leave out U+00A0, U+0085 or U+001C to U+001F.
 */
final class WhiteSpace {

    private WhiteSpace() {}

    /** Length of a text without the white space at its end, what Python's {@code rstrip} leaves. */
    static int lengthWithoutTrailing(String text) {
        int length = text.length();
        while (length > 0 && is(text.charAt(length - 1))) {
            length--;
        }
        return length;
    }

    /** Whether a character is white space; none beyond U+FFFF is. */
    static boolean is(char c) {
        return (c >= '\t' && c <= '\r')
                || (c >= 0x1C && c <= 0x1F)
                || c == 0x85
                || Character.getType(c) == Character.SPACE_SEPARATOR
                || c == 0x2028
                || c == 0x2029;
    }
}
