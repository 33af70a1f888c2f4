package org.rankgrid.data.dataset;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;

/** Counts the rows of a split and what they hold, since a small file may unpack to more than the memory. */
final class RowBudget {

    private final long mostRows;
    private final long mostCharacters;
    private long rows;
    private long characters;

    /**
     * A budget.
     *
     * @param mostRows of one split
     * @param mostCharacters of its texts; any other value counts as one
     */
    RowBudget(long mostRows, long mostCharacters) {
        this.mostRows = mostRows;
        this.mostCharacters = mostCharacters;
    }

    /**
     * Takes one row in.
     *
     * @param file for the message
     * @throws InputException if it is one too many
     */
    void take(String file, Map<String, @Nullable Object> fields) {
        rows++;
        characters += characters(fields);
        if (rows > mostRows || characters > mostCharacters) {
            throw new InputException(file + " has more than the "
                    + (rows > mostRows ? mostRows + " rows" : mostCharacters + " characters")
                    + " that a split may have, split it into smaller files.");
        }
    }

    private static long characters(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case Collection<?> list ->
                1 + list.stream().mapToLong(RowBudget::characters).sum();
            case Map<?, ?> map ->
                1 + map.values().stream().mapToLong(RowBudget::characters).sum();
            case null, default -> 1;
        };
    }
}
