package org.rankgrid.tasks.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.rankgrid.data.yaml.ScalarType;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlPosition;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.data.yaml.YamlSequence;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;

/**
 * Typed access to the keys of a mapping in a task file. A key whose value is null counts as absent, as in
 * lm-evaluation-harness. Every method throws an {@link InputException} with file, line and column where the value is not
 * what it asks for.
 */
public final class TaskKeys {

    private final YamlMapping mapping;

    private TaskKeys(YamlMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * The keys of a mapping, none of which is unknown.
     *
     * @param what the mapping is, for messages: {@code a task file}
     * @param known the keys it may have
     */
    public static TaskKeys of(YamlMapping mapping, String what, List<String> known) {
        for (YamlMapping.Entry entry : mapping.entries().values()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                throw entry.key()
                        .problem("'" + key + "' is not a key of " + what + NearestNames.hint(key, known)
                                + ": known are " + String.join(", ", known))
                        .exception();
            }
        }
        return new TaskKeys(mapping);
    }

    /**
     * The keys of a mapping that may have any, but none that is nearly one of those known.
     *
     * @param what the mapping is, for messages
     * @param known the keys that mean something
     */
    public static TaskKeys open(YamlMapping mapping, String what, List<String> known) {
        for (YamlMapping.Entry entry : mapping.entries().values()) {
            String key = entry.key().text();
            if (!known.contains(key) && !NearestNames.of(key, known).isEmpty()) {
                throw entry.key()
                        .problem("'" + key + "' is not a key of " + what + NearestNames.hint(key, known))
                        .exception();
            }
        }
        return new TaskKeys(mapping);
    }

    /** No keys at all. */
    public static TaskKeys none() {
        return new TaskKeys(new YamlMapping(YamlPosition.of(""), new LinkedHashMap<>()));
    }

    /** Whether a key stands there with a value. */
    public boolean has(String key) {
        return find(key).isPresent();
    }

    /** The value of a key, if it has one. */
    public Optional<YamlNode> find(String key) {
        return mapping.get(key)
                .filter(node -> !(node instanceof YamlScalar scalar && scalar.type() == ScalarType.NULL));
    }

    /** The value of a key that must be there. */
    public YamlNode node(String key) {
        return find(key)
                .orElseThrow(() ->
                        mapping.problem("the key '" + key + "' is missing").exception());
    }

    /** A text that says something. */
    public String text(String key) {
        YamlScalar scalar = scalar(key);
        if (!scalar.isText() || scalar.text().isBlank()) {
            throw wrong(key, scalar, "a text");
        }
        return scalar.text();
    }

    /** A text that says something, if there is one. */
    public Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /** A text, which may be empty or white space; a default where there is none. */
    public String anyText(String key, String orElse) {
        if (!has(key)) {
            return orElse;
        }
        YamlScalar scalar = scalar(key);
        if (!scalar.isText()) {
            throw wrong(key, scalar, "a text");
        }
        return scalar.text();
    }

    /** Any single value as it was written, if there is one. */
    public Optional<String> written(String key) {
        return has(key) ? Optional.of(scalar(key).text()) : Optional.empty();
    }

    /** A whole number; a default where there is none. */
    public int whole(String key, int least, int most, int orElse) {
        if (!has(key)) {
            return orElse;
        }
        YamlScalar scalar = scalar(key);
        OptionalLong whole = scalar.whole();
        if (whole.isEmpty() || whole.getAsLong() < least || whole.getAsLong() > most) {
            throw wrong(key, scalar, "a whole number from " + least + " to " + most);
        }
        return (int) whole.getAsLong();
    }

    /** True or false; a default where it does not say. */
    public boolean flag(String key, boolean orElse) {
        if (!has(key)) {
            return orElse;
        }
        YamlScalar scalar = scalar(key);
        return scalar.flag().orElseThrow(() -> wrong(key, scalar, "true or false"));
    }

    /** One of some words. */
    public String choice(String key, List<String> words) {
        YamlScalar scalar = scalar(key);
        if (!words.contains(scalar.text())) {
            throw scalar.problem("'" + key + "' is " + scalar.describe() + ", where " + String.join(" or ", words)
                            + " was expected" + NearestNames.hint(scalar.text(), words))
                    .exception();
        }
        return scalar.text();
    }

    /** One of some words; a default where there is none. */
    public String choice(String key, List<String> words, String orElse) {
        return has(key) ? choice(key, words) : orElse;
    }

    /** A single value. */
    public YamlScalar scalar(String key) {
        YamlNode node = node(key);
        if (node instanceof YamlScalar scalar) {
            return scalar;
        }
        throw wrong(key, node, "a single value");
    }

    /** The mapping of a key, if it is there. */
    public Optional<YamlMapping> mapping(String key) {
        return find(key).map(node -> {
            if (node instanceof YamlMapping found) {
                return found;
            }
            throw wrong(key, node, "a mapping");
        });
    }

    /** The items of a list, or the one item that stands there without a list; none where the key is absent. */
    public List<YamlNode> items(String key) {
        return find(key)
                .map(node -> node instanceof YamlSequence list ? list.items() : List.of(node))
                .orElse(List.of());
    }

    /** The mappings of a list. */
    public List<YamlMapping> mappings(String key) {
        List<YamlMapping> mappings = new ArrayList<>();
        for (YamlNode item : items(key)) {
            if (!(item instanceof YamlMapping found)) {
                throw item.problem("an item of '" + key + "' is a mapping, but this is " + item.describe())
                        .exception();
            }
            mappings.add(found);
        }
        return mappings;
    }

    /** The texts of a list. */
    public List<YamlScalar> texts(String key) {
        List<YamlScalar> texts = new ArrayList<>();
        for (YamlNode item : items(key)) {
            if (!(item instanceof YamlScalar scalar) || !scalar.isText()) {
                throw item.problem("an item of '" + key + "' is a text, but this is " + item.describe())
                        .exception();
            }
            texts.add(scalar);
        }
        return texts;
    }

    private static InputException wrong(String key, YamlNode node, String expected) {
        return node.problem("'" + key + "' is " + node.describe() + ", where " + expected + " was expected")
                .exception();
    }
}
