package org.rankgrid.results.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;
import org.rankgrid.spi.InputException;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object read strictly, key by key. Every method that takes a key throws {@link InputException} with the file, the
 * key and what was expected where the value is missing or of another kind; numbers are finite and never coerced from text.
 */
public final class JsonObject {

    private static final int SHOWN = 40;

    private final String where;
    private final String path;
    private final JsonNode node;
    private final SequencedSet<String> unread = new LinkedHashSet<>();

    JsonObject(String where, String path, JsonNode node) {
        this.where = where;
        this.path = path;
        this.node = node;
        node.properties().forEach(property -> unread.add(property.getKey()));
    }

    /** Whether the key stands there with a value other than null. */
    public boolean has(String key) {
        JsonNode value = node.get(key);
        return value != null && !value.isNull();
    }

    /** A text. */
    public String text(String key) {
        return take(key, JsonNode::isString, "a text").stringValue();
    }

    /** A whole number that fits into 64 bits. */
    public long whole(String key) {
        return take(key, JsonObject::isWhole, "a whole number").longValue();
    }

    /** A whole number that is not negative and fits into 31 bits. */
    public int count(String key) {
        long value = whole(key);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw problem(key, "is " + value + ", but a count was expected");
        }
        return (int) value;
    }

    /** A text, if there is one. */
    public Optional<String> optionalText(String key) {
        return present(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /** A whole number, if there is one. */
    public OptionalLong optionalWhole(String key) {
        return present(key) ? OptionalLong.of(whole(key)) : OptionalLong.empty();
    }

    /** A finite number. */
    public double real(String key) {
        return take(key, JsonObject::isReal, "a finite number").doubleValue();
    }

    /** A finite number, if there is one. */
    public OptionalDouble optionalReal(String key) {
        return present(key) ? OptionalDouble.of(real(key)) : OptionalDouble.empty();
    }

    /** A decimal exactly as it was written, if there is one. */
    public Optional<BigDecimal> optionalDecimal(String key) {
        return present(key)
                ? Optional.of(take(key, JsonObject::isReal, "a finite number").decimalValue())
                : Optional.empty();
    }

    /** An object inside this one. */
    public JsonObject object(String key) {
        return new JsonObject(where, pathOf(key), take(key, JsonNode::isObject, "an object"));
    }

    /** An object inside this one, if there is one. */
    public Optional<JsonObject> optionalObject(String key) {
        return present(key) ? Optional.of(object(key)) : Optional.empty();
    }

    /** A list of objects. */
    public List<JsonObject> objects(String key) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : take(key, JsonNode::isArray, "a list")) {
            String name = key + "[" + objects.size() + "]";
            if (!element.isObject()) {
                throw unexpected(name, element, "an object");
            }
            objects.add(new JsonObject(where, pathOf(name), element));
        }
        return objects;
    }

    /** A list of finite numbers. */
    public List<Double> realList(String key) {
        List<Double> reals = new ArrayList<>();
        for (JsonNode element : take(key, JsonNode::isArray, "a list")) {
            if (!isReal(element)) {
                throw unexpected(key + "[" + reals.size() + "]", element, "a finite number");
            }
            reals.add(element.doubleValue());
        }
        return reals;
    }

    /** An object as a map of plain values: Long, Double, Boolean, String, and maps and lists of these, in order. */
    public SequencedMap<String, Object> map(String key) {
        return object(key).rest();
    }

    /** A map of texts, in order. */
    public SequencedMap<String, String> texts(String key) {
        JsonObject object = object(key);
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        object.keys().forEach(name -> texts.put(name, object.text(name)));
        return texts;
    }

    /** A map of finite numbers, in order. */
    public SequencedMap<String, Double> reals(String key) {
        JsonObject object = object(key);
        SequencedMap<String, Double> reals = new LinkedHashMap<>();
        object.keys().forEach(name -> reals.put(name, object.real(name)));
        return reals;
    }

    /** The keys that have not been read, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(unread);
    }

    /** What has not been read, as plain values in the order of the file. */
    public SequencedMap<String, Object> rest() {
        SequencedMap<String, Object> rest = new LinkedHashMap<>();
        keys().forEach(key -> rest.put(key, plain(key, take(key, value -> true, "a value"))));
        return rest;
    }

    /**
     * Ends the reading.
     *
     * @throws InputException if a key was not read: it is unknown
     */
    public void end() {
        if (!unread.isEmpty()) {
            throw problem(unread.getFirst(), "is not a key that belongs there");
        }
    }

    /** An error about a key, for rules that the type alone does not say. */
    public InputException problem(String key, String message) {
        return new InputException(where + ": " + pathOf(key) + " " + message);
    }

    private Object plain(String key, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (isWhole(value)) {
            return value.longValue();
        }
        if (value.isFloatingPointNumber() && isReal(value)) {
            return value.doubleValue();
        }
        if (value.isObject()) {
            return new JsonObject(where, pathOf(key), value).rest();
        }
        if (value.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode element : value) {
                list.add(plain(key + "[" + list.size() + "]", element));
            }
            return list;
        }
        throw unexpected(key, value, "a text, a flag or a finite number");
    }

    private boolean present(String key) {
        boolean present = has(key);
        if (!present) {
            unread.remove(key);
        }
        return present;
    }

    private JsonNode take(String key, Predicate<JsonNode> fits, String expected) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw problem(key, "is missing, " + expected + " was expected");
        }
        if (!fits.test(value)) {
            throw unexpected(key, value, expected);
        }
        unread.remove(key);
        return value;
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    private static boolean isReal(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.numberValue().doubleValue());
    }

    private InputException unexpected(String key, JsonNode value, String expected) {
        String found = value.isArray() ? "a list" : value.isObject() ? "an object" : value.toString();
        String shown = found.length() > SHOWN ? found.substring(0, SHOWN) + "…" : found;
        return problem(key, "is " + shown + ", but " + expected + " was expected");
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
