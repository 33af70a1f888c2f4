package org.rankgrid.spi.option;

import java.util.List;

/** The type of an option together with the values it allows. */
public sealed interface OptionType {

    /** A whole number from min to max, both allowed. */
    record Whole(long min, long max) implements OptionType {}

    /** A finite real number from min to max, both allowed. */
    record Real(double min, double max) implements OptionType {}

    /** True or false. */
    record Flag() implements OptionType {}

    /** One of a few words. */
    record Choice(List<String> words) implements OptionType {

        /** Copies the list. */
        public Choice {
            words = List.copyOf(words);
        }
    }

    /** Any text. */
    record Text() implements OptionType {}

    /**
     * A file. A grid gives a path relative to itself; the plugin receives the bytes, and their hash enters the identity of
     * everything computed from them.
     */
    record File() implements OptionType {}

    /**
     * An allocator, whose plan another starts from: an id, or {@code {id: ..., option: value}}. The plugin receives an
     * {@link AllocatorReference}; the engine runs the allocator and hands over its plan.
     */
    record Allocator() implements OptionType {}
}
