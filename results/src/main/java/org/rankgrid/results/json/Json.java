package org.rankgrid.results.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.rankgrid.spi.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes and parses JSON. What is written is a tree of maps (whose order is kept), lists, strings, booleans, whole numbers,
 * finite doubles, decimals and optionals of these (empty: null); the same tree gives the same bytes on every platform, and a
 * double reads back to the same bits.
 */
public final class Json {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectWriter PRETTY = MAPPER.writer()
            .with(new DefaultPrettyPrinter()
                    .withSeparators(
                            Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /**
     * The text of a tree on several lines, ending in a line feed.
     *
     * @throws IllegalArgumentException if a number is not finite or a value is of another type than the class says
     */
    public static String pretty(Object tree) {
        return PRETTY.writeValueAsString(node(tree)) + "\n";
    }

    /**
     * The text of a tree on one line, without a line feed.
     *
     * @throws IllegalArgumentException if a number is not finite or a value is of another type than the class says
     */
    public static String line(Object tree) {
        return MAPPER.writeValueAsString(node(tree));
    }

    /**
     * Parses an object.
     *
     * @param where the file, and the line in it where there are many, for messages
     * @throws InputException if the bytes are not one JSON object, or a key stands twice
     */
    public static JsonObject parse(String where, byte[] bytes) {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new InputException(where + position(e) + " is not JSON: " + firstLine(e.getOriginalMessage()), e);
        }
        if (node == null || !node.isObject()) {
            throw new InputException(where + " is not a JSON object");
        }
        return new JsonObject(where, "", node);
    }

    private static String position(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach((key, child) -> object.set((String) key, node(child)));
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode(list.size());
                list.forEach(child -> array.add(node(child)));
                yield array;
            }
            case String text -> NODES.stringNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer whole -> NODES.numberNode(whole.longValue());
            case Long whole -> NODES.numberNode(whole.longValue());
            case BigDecimal decimal -> NODES.numberNode(decimal);
            case Double real when Double.isFinite(real) -> NODES.numberNode(real.doubleValue());
            case Double real -> throw new IllegalArgumentException(real + " cannot stand in a result");
            case Optional<?> optional -> optional.isPresent() ? node(optional.get()) : NODES.nullNode();
            case OptionalLong optional -> optional.isPresent() ? node(optional.getAsLong()) : NODES.nullNode();
            case OptionalDouble optional -> optional.isPresent() ? node(optional.getAsDouble()) : NODES.nullNode();
            default ->
                throw new IllegalArgumentException("a " + value.getClass().getName() + " cannot stand in a result");
        };
    }
}
