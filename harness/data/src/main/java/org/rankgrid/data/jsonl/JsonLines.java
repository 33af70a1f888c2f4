package org.rankgrid.data.jsonl;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.rankgrid.data.text.TextSource;
import org.rankgrid.spi.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of JSON lines, plain or gzipped: one object a line, read one after the other, so that a file may be larger than
 * the memory. Blank lines are skipped.
 */
public final class JsonLines {

    /** Bytes a line may have; the longest of the known data sets have a few hundred thousand. */
    private static final int LONGEST_LINE = 64 << 20;

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonLines() {}

    /**
     * Hands every object of a file to a reader, in order.
     *
     * @throws InputException if the file cannot be read, or a line is not one JSON object, with file and line
     */
    public static void read(Path file, Consumer<JsonLine> reader) {
        read(TextSource.file(file), reader);
    }

    /**
     * Hands every object of a text to a reader, in order.
     *
     * @throws InputException if the text cannot be read, or a line is not one JSON object, with name and line
     */
    public static void read(TextSource source, Consumer<JsonLine> reader) {
        source.forEachLine(LONGEST_LINE, (line, number) -> {
            // Some editors put a byte order mark in front.
            String json = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
            if (!json.isBlank()) {
                reader.accept(new JsonLine(source.name(), number, parse(source.name(), number, json)));
            }
        });
    }

    private static JsonNode parse(String file, int number, String json) {
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new InputException(
                    file + " line " + number + ": this is not one JSON object (" + e.getOriginalMessage() + ").", e);
        }
        if (!node.isObject()) {
            throw new InputException(
                    file + " line " + number + ": expected a JSON object, found " + shortened(json) + ".");
        }
        return node;
    }

    private static String shortened(String json) {
        return json.length() <= 40 ? json : json.substring(0, 40) + "...";
    }
}
