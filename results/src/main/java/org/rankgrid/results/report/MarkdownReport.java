package org.rankgrid.results.report;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.rankgrid.spi.report.ReportWriter;
import org.rankgrid.spi.report.Table;

/** Tables in GitHub's Markdown. */
public final class MarkdownReport implements ReportWriter {

    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public String summary() {
        return "A table in Markdown, for issues, notebooks and READMEs.";
    }

    @Override
    public String fileExtension() {
        return "md";
    }

    @Override
    public void write(Table table, Appendable out) throws IOException {
        if (!table.title().isEmpty()) {
            out.append("## ").append(escaped(table.title())).append("\n\n");
        }
        row(table.columns().stream().map(column -> escaped(column.name())).toList(), out);
        row(
                table.columns().stream()
                        .map(column -> column.numeric() ? "---:" : "---")
                        .toList(),
                out);
        for (List<String> cells : table.rows()) {
            row(cells.stream().map(MarkdownReport::escaped).toList(), out);
        }
        for (String note : table.notes()) {
            out.append('\n').append(escaped(note)).append('\n');
        }
    }

    private static void row(List<String> cells, Appendable out) throws IOException {
        out.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    private static String escaped(String text) {
        return DisplayText.oneLine(text).replaceAll("[\\\\|*`<\\[\\]]", "\\\\$0");
    }
}
