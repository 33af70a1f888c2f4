package org.rankgrid.data.jsonl;

import java.util.function.Consumer;
import org.rankgrid.data.text.TextSource;
import org.rankgrid.spi.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** A text of JSON objects, either one a line or all in one array, told apart by the first character. */
public final class JsonRecords {

    private JsonRecords() {}

    /**
     * Hands every object to a reader, in order; the line of an object in an array is the one where it begins.
     *
     * @param name what messages call the text
     * @param bytes the text in UTF-8
     * @throws InputException if the text is not made of JSON objects, with name and line
     */
    public static void read(String name, byte[] bytes, Consumer<JsonLine> reader) {
        int start = firstOfContent(bytes);
        if (start < bytes.length && bytes[start] == '[') {
            readArray(name, bytes, reader);
        } else {
            JsonLines.read(TextSource.bytes(name, bytes), reader);
        }
    }

    /** The first byte that is neither blank nor part of a byte order mark. */
    private static int firstOfContent(byte[] bytes) {
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        int at = marked ? 3 : 0;
        while (at < bytes.length && " \t\r\n".indexOf(bytes[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static void readArray(String name, byte[] bytes, Consumer<JsonLine> reader) {
        int line = 1;
        try (JsonParser parser = JsonLines.MAPPER.createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                line = parser.currentTokenLocation().getLineNr();
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new InputException(
                            name + " line " + line + ": expected a JSON object, found " + found(parser) + ".");
                }
                JsonNode object = parser.readValueAsTree();
                reader.accept(new JsonLine(name, line, object));
            }
            if (parser.nextToken() != null) {
                line = parser.currentTokenLocation().getLineNr();
                throw new InputException(
                        name + " line " + line + ": there is more after the end of the array, remove it.");
            }
        } catch (JacksonException e) {
            int at = e.getLocation() == null
                    ? line
                    : Math.max(line, e.getLocation().getLineNr());
            throw new InputException(
                    name + " line " + at + ": this is not an array of JSON objects (" + e.getOriginalMessage() + ").",
                    e);
        }
    }

    private static String found(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token == null
                ? "the end of the file"
                : switch (token) {
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_NULL -> "null";
                    default -> "something else";
                };
    }
}
