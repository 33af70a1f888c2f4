package org.rankgrid.data.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A mapping from texts to nodes.
 *
 * @param position where it begins
 * @param entries by key, in the order of the text; keys that came by a merge come after the mapping's own
 */
public record YamlMapping(YamlPosition position, SequencedMap<String, Entry> entries) implements YamlNode {

    /**
     * A key and its value.
     *
     * @param key with its own position
     * @param value what it maps to
     */
    public record Entry(YamlScalar key, YamlNode value) {}

    /** Copies the map, keeping its order. */
    public YamlMapping {
        entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /** A key with its position, and its value. */
    public Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of a key. */
    public Optional<YamlNode> get(String key) {
        return entry(key).map(Entry::value);
    }

    @Override
    public String describe() {
        return "a mapping";
    }
}
