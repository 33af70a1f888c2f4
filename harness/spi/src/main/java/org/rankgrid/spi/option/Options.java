package org.rankgrid.spi.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Validated values of a plugin's options, defaults filled in, in the order of declaration. A plugin may trust types and
 * ranges.
 */
public final class Options {

    private final SequencedMap<String, Object> values;

    private Options(SequencedMap<String, Object> values) {
        this.values = values;
    }

    /**
     * Fills in defaults.
     *
     * @param specs the declaration
     * @param given values by name: Long, Double, Boolean, String, {@link FileContent} or {@link AllocatorReference}, already checked against the types
     * @throws IllegalArgumentException if a name is not declared or a required one is missing
     */
    public static Options of(List<OptionSpec> specs, Map<String, Object> given) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        for (OptionSpec spec : specs) {
            Object value = given.containsKey(spec.name())
                    ? given.get(spec.name())
                    : spec.defaultValue().orElse(null);
            if (value == null) {
                throw new IllegalArgumentException("option '" + spec.name() + "' has no value");
            }
            values.put(spec.name(), value);
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("option '" + name + "' is not declared");
            }
        }
        return new Options(values);
    }

    /** The defaults of a declaration that requires nothing. */
    public static Options defaults(List<OptionSpec> specs) {
        return of(specs, Map.of());
    }

    /** The value of a whole-number option. */
    public long whole(String name) {
        return (Long) value(name);
    }

    /** The value of a real option. */
    public double real(String name) {
        return (Double) value(name);
    }

    /** The value of a flag. */
    public boolean flag(String name) {
        return (Boolean) value(name);
    }

    /** The value of a text or choice option. */
    public String text(String name) {
        return (String) value(name);
    }

    /** The value of a file option. */
    public FileContent file(String name) {
        return (FileContent) value(name);
    }

    /** The value of an allocator option. */
    public AllocatorReference allocator(String name) {
        return (AllocatorReference) value(name);
    }

    /** All values by name, in the order of declaration. */
    public SequencedMap<String, Object> asMap() {
        return new LinkedHashMap<>(values);
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("option '" + name + "' is not declared");
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
