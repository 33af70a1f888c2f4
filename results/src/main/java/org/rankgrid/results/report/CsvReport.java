package org.rankgrid.results.report;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rankgrid.spi.report.ReportWriter;
import org.rankgrid.spi.report.Table;

/** Comma-separated values as RFC 4180 describes them, with line feeds; title and notes have no place in them. */
public final class CsvReport implements ReportWriter {

    private static final Pattern QUOTED = Pattern.compile("[\",\r\n]|^\\s|\\s$");

    @Override
    public String id() {
        return "csv";
    }

    @Override
    public String summary() {
        return "Comma-separated values, one line a row.";
    }

    @Override
    public String fileExtension() {
        return "csv";
    }

    @Override
    public void write(Table table, Appendable out) throws IOException {
        row(table.columns().stream().map(Table.Column::name).toList(), out);
        for (List<String> cells : table.rows()) {
            row(cells, out);
        }
    }

    private static void row(List<String> cells, Appendable out) throws IOException {
        out.append(cells.stream().map(CsvReport::field).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String field(String text) {
        return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
