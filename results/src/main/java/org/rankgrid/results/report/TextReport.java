package org.rankgrid.results.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.rankgrid.spi.report.ReportWriter;
import org.rankgrid.spi.report.Table;

/** Tables for a terminal: columns aligned, numbers to the right, long names of columns on several lines where need be. */
public final class TextReport implements ReportWriter {

    private static final String GAP = "  ";

    /** Columns of a terminal above which the names of columns are broken. */
    private static final int WIDE = 120;

    private static final Pattern BREAK = Pattern.compile(" (?![^(]*\\))");

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
        int[] cells =
                IntStream.range(0, columns.size()).map(c -> width(table, c)).toArray();
        List<List<String>> heads = heads(columns, cells);
        int[] widths = IntStream.range(0, columns.size())
                .map(c -> Math.max(cells[c], widest(heads.get(c))))
                .toArray();
        if (!table.title().isEmpty()) {
            out.append(DisplayText.oneLine(table.title())).append("\n\n");
        }
        int height = heads.stream().mapToInt(List::size).max().orElse(1);
        for (int h = 0; h < height; h++) {
            int fromBelow = height - h;
            line(
                    heads.stream()
                            .map(head -> head.size() < fromBelow ? "" : head.get(head.size() - fromBelow))
                            .toList(),
                    columns,
                    widths,
                    out);
        }
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

    /** The names of the columns, line by line: on one, or broken to the width of their cells where the table is wide. */
    private static List<List<String>> heads(List<Table.Column> columns, int[] cells) {
        List<String> names = columns.stream()
                .map(column -> DisplayText.oneLine(column.name()))
                .toList();
        int whole = -GAP.length();
        for (int c = 0; c < cells.length; c++) {
            whole += GAP.length() + Math.max(cells[c], DisplayText.width(names.get(c)));
        }
        boolean wide = whole > WIDE;
        return IntStream.range(0, cells.length)
                .mapToObj(c -> wide ? broken(names.get(c), cells[c]) : List.of(names.get(c)))
                .toList();
    }

    /** A name broken at spaces outside parentheses, each line as long as fits a width. */
    private static List<String> broken(String name, int width) {
        List<String> lines = new ArrayList<>();
        for (String word : BREAK.split(name, -1)) {
            if (!lines.isEmpty() && DisplayText.width(lines.getLast() + " " + word) <= width) {
                lines.add(lines.removeLast() + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(DisplayText::width).max().orElse(0);
    }

    private static int width(Table table, int column) {
        return widest(table.rows().stream()
                .map(row -> DisplayText.oneLine(row.get(column)))
                .toList());
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
