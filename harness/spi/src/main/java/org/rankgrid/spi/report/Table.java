package org.rankgrid.spi.report;

import java.util.List;

/**
 * A table for people.
 *
 * @param title what it shows
 * @param columns its columns
 * @param rows one cell a column; empty where there is nothing to show
 * @param notes sentences to stand below it
 */
public record Table(String title, List<Column> columns, List<List<String>> rows, List<String> notes) {

    /** A column. */
    public record Column(String name, boolean numeric) {}

    /** Copies the lists and checks the widths. */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " cells in a table of " + columns.size() + " columns");
            }
        }
    }
}
