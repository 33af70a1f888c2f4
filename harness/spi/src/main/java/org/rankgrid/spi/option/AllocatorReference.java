package org.rankgrid.spi.option;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * An allocator named by an option of another.
 *
 * @param id its id; empty for none
 * @param options the options it is given, those left out have their defaults
 */
public record AllocatorReference(String id, SequencedMap<String, Object> options) {

    /** No allocator. */
    public static final AllocatorReference NONE = AllocatorReference.of("");

    /** Copies the map. */
    public AllocatorReference {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }

    /** An allocator with its defaults. */
    public static AllocatorReference of(String id) {
        return new AllocatorReference(id, new LinkedHashMap<>());
    }

    /** Whether an allocator is named. */
    public boolean isPresent() {
        return !id.isEmpty();
    }

    /** {@code id:name=value:name=value}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(id);
        options.forEach(
                (name, value) -> text.append(':').append(name).append('=').append(value));
        return text.toString();
    }
}
