package org.rankgrid.allocators.ranks;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Reads a {@code ranks.json}: one JSON object from layer keys to whole numbers or {@code "dense"}, and nothing else. Any
 * bytes survive; what is wrong is told with line and column.
 */
final class RanksFile {

    /**
     * What the file says about a layer.
     *
     * @param rank a rank, not negative, or {@link RankPlan#DENSE}
     * @param place file, line and column of the key, for messages
     */
    record Entry(int rank, String place) {}

    private static final char END = '\0';
    private static final int MOST_DIGITS = 9;

    private final String name;
    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;

    private RanksFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * The entries by key, in the order of the file.
     *
     * @throws InputException if the file is anything else than such an object
     */
    static SequencedMap<String, Entry> read(FileContent content) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InputException(
                    content.name() + " is no UTF-8 text, expected a JSON file of ranks: give the"
                            + " ranks.json of a finished cell.",
                    e);
        }
        return new RanksFile(content.name(), text).object();
    }

    private SequencedMap<String, Entry> object() {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        expect('{', "an object, as in {\"model.layers.0.mlp.up_proj\": 12}");
        if (!skipIf('}')) {
            do {
                String place = place();
                String key = string("the key of a layer in double quotes");
                expect(':', "a colon after the key");
                if (entries.put(key, new Entry(rank(), place)) != null) {
                    throw new InputException(place + ": the key " + quoted(key)
                            + " stands here for the second time, expected each layer once: remove one of the two.");
                }
            } while (skipIf(','));
            expect('}', "a comma or the closing brace");
        }
        skipSpace();
        if (position < text.length()) {
            throw unexpected("nothing after the closing brace");
        }
        return entries;
    }

    private int rank() {
        skipSpace();
        int start = position;
        if (current() == '"') {
            if (string("\"dense\"").equals("dense")) {
                return RankPlan.DENSE;
            }
            position = start;
            throw unexpected("a whole rank or \"dense\"");
        }
        while (current() >= '0' && current() <= '9') {
            position++;
        }
        int digits = position - start;
        boolean goesOn = ".eE+-".indexOf(current()) >= 0;
        boolean leadingZero = digits > 1 && text.charAt(start) == '0';
        if (digits == 0 || digits > MOST_DIGITS || goesOn || leadingZero) {
            position = start;
            throw unexpected("a whole rank or \"dense\"");
        }
        return Integer.parseInt(text.substring(start, position));
    }

    private String string(String expected) {
        expect('"', expected);
        StringBuilder letters = new StringBuilder();
        while (current() != '"') {
            if (current() < ' ') {
                throw unexpected("a closing quote");
            }
            char letter = text.charAt(position++);
            letters.append(letter == '\\' ? escaped() : letter);
        }
        position++;
        return letters.toString();
    }

    private char escaped() {
        char kind = current();
        int plain = "\"\\/bfnrt".indexOf(kind);
        if (plain >= 0) {
            position++;
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (kind != 'u') {
            throw unexpected("a JSON escape");
        }
        position++;
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = current() < 128 ? Character.digit(current(), 16) : -1;
            if (value < 0) {
                throw unexpected("four hexadecimal digits after \\u");
            }
            code = code * 16 + value;
            position++;
        }
        return (char) code;
    }

    private void expect(char wanted, String description) {
        if (!skipIf(wanted)) {
            throw unexpected(description);
        }
    }

    private boolean skipIf(char wanted) {
        skipSpace();
        if (position < text.length() && text.charAt(position) == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            if (text.charAt(position++) == '\n') {
                line++;
                lineStart = position;
            }
        }
    }

    /** The character at the position; at the end of the text a control character, which no rule accepts. */
    private char current() {
        return position < text.length() ? text.charAt(position) : END;
    }

    private InputException unexpected(String expected) {
        return new InputException(place() + ": found " + found() + ", expected " + expected
                + ": correct the file or take a cell's ranks.json.");
    }

    private String found() {
        if (position >= text.length()) {
            return "the end of the file";
        }
        int letter = text.codePointAt(position);
        return Character.isISOControl(letter) || !Character.isDefined(letter)
                ? String.format(Locale.ROOT, "the character U+%04X", letter)
                : "'" + Character.toString(letter) + "'";
    }

    private String place() {
        skipSpace();
        return name + ":" + line + ":" + (position - lineStart + 1);
    }

    /** A key as a message can bear it: on one line and not too long. */
    static String quoted(String key) {
        String cut = key.length() <= 100 ? key : key.substring(0, 100) + "...";
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
