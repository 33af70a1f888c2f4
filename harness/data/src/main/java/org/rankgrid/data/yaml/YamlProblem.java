package org.rankgrid.data.yaml;

import org.rankgrid.spi.InputException;

/**
 * Something wrong with a YAML text, as a value, so that several can be gathered and shown at once.
 *
 * @param position where
 * @param sentence what was found, what was expected, what to do; no full stop
 */
public record YamlProblem(YamlPosition position, String sentence) {

    /** The problem as an exception, for where the first one ends everything. */
    public InputException exception() {
        return new InputException(toString());
    }

    /** {@code grid.yaml:7:3 sentence}. */
    @Override
    public String toString() {
        return position + " " + sentence;
    }
}
