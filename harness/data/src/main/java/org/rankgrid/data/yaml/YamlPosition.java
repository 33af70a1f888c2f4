package org.rankgrid.data.yaml;

/**
 * Where something stands.
 *
 * @param source the file as a person named it, or what else the text came from ({@code --set ratios})
 * @param line counted from 1; 0 if the source has no lines to speak of
 * @param column counted from 1 in code points; 0 if there is none
 */
public record YamlPosition(String source, int line, int column) {

    /** A whole source, without line and column. */
    public static YamlPosition of(String source) {
        return new YamlPosition(source, 0, 0);
    }

    /** {@code grid.yaml:7:3}, or the source alone. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
