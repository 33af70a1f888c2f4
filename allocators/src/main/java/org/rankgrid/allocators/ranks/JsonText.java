package org.rankgrid.allocators.ranks;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.rankgrid.allocators.ranks.JsonValue.Items;
import org.rankgrid.allocators.ranks.JsonValue.Member;
import org.rankgrid.allocators.ranks.JsonValue.Members;
import org.rankgrid.allocators.ranks.JsonValue.Place;
import org.rankgrid.allocators.ranks.JsonValue.Scalar;
import org.rankgrid.allocators.ranks.JsonValue.Text;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.FileContent;

/** Reads a JSON file that holds one object. Any bytes survive; what is wrong is told with line and column. */
final class JsonText {

    private static final char END = '\0';
    private static final int DEEPEST = 32;

    private final String name;
    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;

    private JsonText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * The object of a file.
     *
     * @throws InputException if the file is anything else
     */
    static Members read(FileContent content) {
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
        JsonText reader = new JsonText(content.name(), text);
        Members object = reader.object(reader.place(), 0);
        reader.skipSpace();
        if (reader.position < text.length()) {
            throw reader.unexpected("nothing after the closing brace");
        }
        return object;
    }

    /** The complaint that something else was expected at a place. */
    static InputException unexpected(Place place, String expected) {
        return new InputException(place.text() + ": found " + place.found() + ", expected " + expected
                + ": correct the file or take a cell's ranks.json.");
    }

    /** A key as a message can bear it: on one line and not too long. */
    static String quoted(String key) {
        String cut = key.length() <= 100 ? key : key.substring(0, 100) + "...";
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    private JsonValue value(int depth) {
        Place place = place();
        return switch (current()) {
            case '{' -> object(place, depth);
            case '[' -> array(place, depth);
            case '"' -> new Text(place, string("a text"));
            default -> new Scalar(place, scalar());
        };
    }

    private Members object(Place place, int depth) {
        expect('{', "an object, as in {\"model.layers.0.mlp.up_proj\": 12}");
        checkDepth(depth);
        SequencedMap<String, Member> members = new LinkedHashMap<>();
        if (!skipIf('}')) {
            do {
                Place keyPlace = place();
                String key = string("the key of a layer in double quotes");
                expect(':', "a colon after the key");
                if (members.put(key, new Member(keyPlace, value(depth + 1))) != null) {
                    throw new InputException(keyPlace.text() + ": the key " + quoted(key)
                            + " stands here for the second time, expected each layer once: remove one of the two.");
                }
            } while (skipIf(','));
            expect('}', "a comma or the closing brace");
        }
        return new Members(place, members);
    }

    private Items array(Place place, int depth) {
        expect('[', "an array");
        checkDepth(depth);
        List<JsonValue> values = new ArrayList<>();
        if (!skipIf(']')) {
            do {
                values.add(value(depth + 1));
            } while (skipIf(','));
            expect(']', "a comma or the closing bracket");
        }
        return new Items(place, values);
    }

    private void checkDepth(int depth) {
        if (depth > DEEPEST) {
            throw unexpected("at most " + DEEPEST + " brackets inside each other");
        }
    }

    private String scalar() {
        int start = position;
        while (Character.isLetterOrDigit(current()) || "+-.".indexOf(current()) >= 0) {
            position++;
        }
        if (position == start) {
            throw unexpected("a value");
        }
        return text.substring(start, position);
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
        return unexpected(place(), expected);
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

    private Place place() {
        skipSpace();
        return new Place(name + ":" + line + ":" + (position - lineStart + 1), found());
    }
}
