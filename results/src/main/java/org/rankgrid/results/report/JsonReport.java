package org.rankgrid.results.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.rankgrid.results.json.Json;
import org.rankgrid.spi.report.ReportWriter;
import org.rankgrid.spi.report.Table;

/** A table as one JSON object: what it shows as text, with numbers as numbers and nothing as null. */
public final class JsonReport implements ReportWriter {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

    @Override
    public String id() {
        return "json";
    }

    @Override
    public String summary() {
        return "The table as one JSON object with title, columns, rows and notes.";
    }

    @Override
    public String fileExtension() {
        return "json";
    }

    @Override
    public void write(Table table, Appendable out) throws IOException {
        out.append(Json.pretty(tree(table)));
    }

    /** A table as a tree that {@link Json} writes. */
    public static SequencedMap<String, Object> tree(Table table) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("title", table.title());
        tree.put("columns", table.columns().stream().map(JsonReport::column).toList());
        tree.put(
                "rows",
                table.rows().stream().map(row -> cells(row, table.columns())).toList());
        tree.put("notes", table.notes());
        return tree;
    }

    private static SequencedMap<String, Object> column(Table.Column column) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", column.name());
        tree.put("numeric", column.numeric());
        return tree;
    }

    private static List<Object> cells(List<String> row, List<Table.Column> columns) {
        List<Object> cells = new ArrayList<>();
        for (int c = 0; c < row.size(); c++) {
            cells.add(cell(row.get(c), columns.get(c)));
        }
        return cells;
    }

    private static Object cell(String text, Table.Column column) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return column.numeric() && NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
    }
}
