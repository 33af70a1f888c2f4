package org.rankgrid.engine.grid;

import org.rankgrid.spi.option.FileContent;

/** Writes the value of an option as a person would. */
final class OptionText {

    private OptionText() {}

    /** The value; of a file, its name as it was given. */
    static String of(Object value) {
        return value instanceof FileContent file ? file.name() : String.valueOf(value);
    }
}
