package org.rankgrid.tasks.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Builds a dict: {@code 1}, {@code 1.0} and {@code True} are one key, the first of them stays, the last value counts. */
public final class PythonDictionary {

    private final Map<@Nullable Object, @Nullable Object> firstKeys = new LinkedHashMap<>();
    private final SequencedMap<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();

    /** An empty dict. */
    public PythonDictionary() {}

    /**
     * Sets a key's value.
     *
     * @throws PythonException if the key is not hashable
     */
    public void set(@Nullable Object key, @Nullable Object value) {
        Object canonical = canonical(key);
        if (!firstKeys.containsKey(canonical)) {
            firstKeys.put(canonical, key);
        }
        entries.put(firstKeys.get(canonical), value);
    }

    /** The dict, in the order of its first keys. */
    public SequencedMap<@Nullable Object, @Nullable Object> asMap() {
        return entries;
    }

    /** A key that equals, in Java, the keys that Python takes for the same. */
    private static @Nullable Object canonical(@Nullable Object key) {
        return switch (key) {
            case Boolean truth -> truth ? 1L : 0L;
            case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> number.longValue();
            case PythonTuple tuple -> {
                List<@Nullable Object> elements = new ArrayList<>();
                tuple.forEach(element -> elements.add(canonical(element)));
                yield new PythonTuple(elements);
            }
            case List<?> list -> throw new PythonException("a list cannot be a key of a dict");
            case Map<?, ?> map -> throw new PythonException("a dict cannot be a key of a dict");
            case PythonView view -> throw new PythonException("a " + view.type() + " cannot be a key of a dict");
            case null, default -> key;
        };
    }

    /**
     * Refuses a key that no dict can have.
     *
     * @throws PythonException if the key is not hashable
     */
    static void requireHashable(@Nullable Object key) {
        canonical(key);
    }
}
