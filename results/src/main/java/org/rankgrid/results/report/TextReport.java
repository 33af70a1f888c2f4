package org.rankgrid.results.report;

import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.rankgrid.spi.report.ReportWriter;
import org.rankgrid.spi.report.Table;

/** Tables for a terminal: columns aligned, numbers to the right. */
public final class TextReport implements ReportWriter {

    private static final String GAP = "  ";

    @Override
    public String id() {
        return "text";
    }

    @Override
    public String summary() {
        return "Aligned columns for a terminal.";
    }

    @Override
    public String fileExtension() {
        return "txt";
    }

    @Override
    public void write(Table table, Appendable out) throws IOException {
        List<Table.Column> columns = table.columns();
        int[] widths =
                IntStream.range(0, columns.size()).map(c -> width(table, c)).toArray();
        if (!table.title().isEmpty()) {
            out.append(DisplayText.oneLine(table.title())).append("\n\n");
        }
        line(columns.stream().map(Table.Column::name).toList(), columns, widths, out);
        line(IntStream.of(widths).mapToObj("-"::repeat).toList(), columns, widths, out);
        for (List<String> row : table.rows()) {
            line(row, columns, widths, out);
        }
        if (!table.notes().isEmpty()) {
            out.append('\n');
        }
        for (String note : table.notes()) {
            out.append(DisplayText.oneLine(note)).append('\n');
        }
    }

    private static int width(Table table, int column) {
        int widest = DisplayText.width(
                DisplayText.oneLine(table.columns().get(column).name()));
        for (List<String> row : table.rows()) {
            widest = Math.max(widest, DisplayText.width(DisplayText.oneLine(row.get(column))));
        }
        return widest;
    }

    private static void line(List<String> cells, List<Table.Column> columns, int[] widths, Appendable out)
            throws IOException {
        StringJoiner line = new StringJoiner(GAP);
        for (int c = 0; c < widths.length; c++) {
            line.add(DisplayText.padded(
                    DisplayText.oneLine(cells.get(c)), widths[c], columns.get(c).numeric()));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
