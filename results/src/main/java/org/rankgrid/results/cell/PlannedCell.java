package org.rankgrid.results.cell;

import java.util.regex.Pattern;

/**
 * A cell of an expanded grid.
 *
 * @param id a readable slug and 8 hex digits of what determines the cell's weights; the name of its folder
 * @param cell which cell it is
 */
public record PlannedCell(String id, CellSpec cell) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=+-]{0,199}");

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it cannot be the name of a folder on every system
     */
    public PlannedCell {
        if (!isId(id)) {
            throw new IllegalArgumentException("'" + id + "' cannot be the id of a cell");
        }
    }

    /** Whether a text can be the id of a cell: letters, digits and {@code . _ = + -}, at most 200, no dot in front. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
