package org.rankgrid.spi.option;

import java.util.List;
import java.util.Optional;

/**
 * The declaration of one option.
 *
 * @param name the key in a grid: lower case, words joined by hyphens (or underscores, where others' files have them)
 * @param type its type and the values allowed
 * @param defaultValue the value where a grid gives none (Long, Double, Boolean, String or
 *     {@link AllocatorReference} by type); empty if it must be given
 * @param help one sentence for people
 */
public record OptionSpec(String name, OptionType type, Optional<Object> defaultValue, String help) {

    /** A whole number from min to max. */
    public static OptionSpec whole(String name, long min, long max, long defaultValue, String help) {
        return new OptionSpec(name, new OptionType.Whole(min, max), Optional.of(defaultValue), help);
    }

    /** A real number from min to max. */
    public static OptionSpec real(String name, double min, double max, double defaultValue, String help) {
        return new OptionSpec(name, new OptionType.Real(min, max), Optional.of(defaultValue), help);
    }

    /** True or false. */
    public static OptionSpec flag(String name, boolean defaultValue, String help) {
        return new OptionSpec(name, new OptionType.Flag(), Optional.of(defaultValue), help);
    }

    /** One of the words; the first is the default. */
    public static OptionSpec choice(String name, List<String> words, String help) {
        return new OptionSpec(name, new OptionType.Choice(words), Optional.of(words.getFirst()), help);
    }

    /** A text that has a default. */
    public static OptionSpec text(String name, String defaultValue, String help) {
        return new OptionSpec(name, new OptionType.Text(), Optional.of(defaultValue), help);
    }

    /** A file that must be given. */
    public static OptionSpec file(String name, String help) {
        return new OptionSpec(name, new OptionType.File(), Optional.empty(), help);
    }

    /** An allocator to start from. */
    public static OptionSpec allocator(String name, AllocatorReference defaultValue, String help) {
        return new OptionSpec(name, new OptionType.Allocator(), Optional.of(defaultValue), help);
    }

    /** Whether a grid has to give this option. */
    public boolean required() {
        return defaultValue.isEmpty();
    }
}
