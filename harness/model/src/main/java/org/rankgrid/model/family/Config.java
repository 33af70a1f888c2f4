package org.rankgrid.model.family;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's configuration, read value by value with its type and range checked. A key whose value is null counts as absent
 * unless {@link #mentions} is asked.
 */
public final class Config {

    private static final long MAXIMUM_BYTES = 16 << 20;
    private static final int MAXIMUM_SHOWN = 60;

    private final String file;
    private final String path;
    private final ObjectNode values;

    private Config(String file, String path, ObjectNode values) {
        this.file = file;
        this.path = path;
        this.values = values;
    }

    /**
     * Reads a {@code config.json}.
     *
     * @throws InputException if it cannot be read or is not a JSON object
     */
    public static Config read(Path file) {
        if (!Files.exists(file)) {
            throw new InputException(file + ": no such file, expected the model's configuration beside its weights");
        }
        try {
            long size = Files.size(file);
            if (size > MAXIMUM_BYTES) {
                throw new InputException(
                        file + " has " + size + " bytes, but a configuration has at most " + MAXIMUM_BYTES);
            }
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads the bytes of a {@code config.json}.
     *
     * @param file its name, for messages
     * @throws InputException if they are not a JSON object
     */
    public static Config parse(String file, byte[] json) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw new InputException(
                    file + " is not JSON: " + e.getOriginalMessage() + " at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw new InputException(file + " holds " + shown(root) + ", expected a JSON object");
        }
        return new Config(file, "", object);
    }

    /**
     * The numbers, flags and texts of a GGUF file whose keys begin with a prefix.
     *
     * @param file its name, for messages
     * @param prefix such as {@code llama.}
     */
    static Config metadata(String file, String prefix, Map<String, Object> metadata) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        metadata.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                String name = key.substring(prefix.length());
                switch (value) {
                    case Long whole -> values.put(name, whole);
                    case Integer whole -> values.put(name, whole);
                    case Double real -> values.put(name, real);
                    case Float real -> values.put(name, real);
                    case Boolean flag -> values.put(name, flag);
                    case String text -> values.put(name, text);
                    default -> values.putArray(name);
                }
            }
        });
        return new Config(file, prefix, values);
    }

    /** Whether the key is there, even if its value is null. */
    boolean mentions(String key) {
        return values.has(key);
    }

    /** Whether the key has a value. */
    boolean has(String key) {
        return values.hasNonNull(key);
    }

    /** A whole number that must be there. */
    int whole(String key, int min, int max) {
        JsonNode node = value(key);
        if (node == null
                || !node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < min
                || node.intValue() > max) {
            throw bad(key, "a whole number from " + min + " to " + max);
        }
        return node.intValue();
    }

    /** A whole number, with the value it has where the key is absent. */
    int whole(String key, int min, int max, int absent) {
        return has(key) ? whole(key, min, max) : absent;
    }

    /** A real number that must be there. */
    double real(String key, double min, double max) {
        JsonNode node = value(key);
        double number = node == null ? Double.NaN : number(node);
        if (!(number >= min && number <= max)) {
            throw bad(key, "a number from " + min + " to " + max);
        }
        return number;
    }

    /** A real number, with the value it has where the key is absent. */
    double real(String key, double min, double max, double absent) {
        return has(key) ? real(key, min, max) : absent;
    }

    /** A flag, with the value it has where the key is absent. */
    boolean flag(String key, boolean absent) {
        JsonNode node = value(key);
        if (node != null && !node.isBoolean()) {
            throw bad(key, "true or false");
        }
        return node == null ? absent : node.booleanValue();
    }

    /** A list of texts. */
    List<String> texts(String key) {
        JsonNode node = value(key);
        if (node == null || !node.isArray()) {
            throw bad(key, "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isString()) {
                throw bad(key, "a list of texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    /** An object inside this one, if it is there. */
    Optional<Config> section(String key) {
        JsonNode node = value(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ObjectNode object)) {
            throw bad(key, "an object");
        }
        return Optional.of(new Config(file, path + key + ".", object));
    }

    /** The one of some things that the key names. */
    <T> T choice(String key, List<T> things, Function<T, String> name) {
        List<String> names = things.stream().map(name).toList();
        JsonNode node = value(key);
        String word = node != null && node.isString() ? node.stringValue() : "";
        int at = names.indexOf(word);
        if (at < 0) {
            String expected = names.size() == 1 ? names.getFirst() : "one of " + String.join(", ", names);
            throw bad(key, expected + NearestNames.hint(word, names));
        }
        return things.get(at);
    }

    /** Ends reading where values do not belong together. */
    void require(boolean holds, String key, String expected) {
        if (!holds) {
            throw bad(key, expected);
        }
    }

    /** Ends reading because of a key's value. */
    InputException bad(String key, String expected) {
        JsonNode node = values.get(key);
        String found = node == null ? " is missing" : " is " + shown(node);
        return new InputException(file + ": " + path + key + found + ", expected " + expected);
    }

    private @Nullable JsonNode value(String key) {
        JsonNode node = values.get(key);
        return node == null || node.isNull() ? null : node;
    }

    /** Not a number if the node is none; infinite where a double cannot hold it. */
    private static double number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.bigIntegerValue().doubleValue();
        }
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= MAXIMUM_SHOWN ? text : text.substring(0, MAXIMUM_SHOWN) + "...";
    }
}
