package org.rankgrid.results.report;

/** Text as a terminal shows it. */
final class DisplayText {

    /** First and last code point of each range that terminals show two columns wide. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0xA4CF, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6,
        0x1F300, 0x1FAFF, 0x20000, 0x3FFFD
    };

    private DisplayText() {}

    /** The text on one line: every control character and line separator becomes a space. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    /** Columns of a terminal that the text takes: 0 for combining marks, 2 for wide East Asian characters and emoji. */
    static int width(String text) {
        return text.codePoints().map(DisplayText::width).sum();
    }

    /** The text filled up with spaces to a width. */
    static String padded(String text, int width, boolean right) {
        String fill = " ".repeat(Math.max(0, width - width(text)));
        return right ? fill + text : text + fill;
    }

    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        for (int r = 0; r < WIDE.length; r += 2) {
            if (c >= WIDE[r] && c <= WIDE[r + 1]) {
                return true;
            }
        }
        return false;
    }
}
