package org.rankgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.report.ReportWriter;
import org.rankgrid.spi.report.Table;

class ReportWritersTest {

    private static final Table TABLE = new Table(
            "A | title",
            List.of(new Table.Column("name", false), new Table.Column("Δ", true), new Table.Column("note", false)),
            List.of(List.of("日本", "+0.500", "a, \"b\""), List.of("e\u0301", "-1.25", "*"), List.of("x\ny", "", "")),
            List.of("first\tnote", "* best"));

    @Test
    void textIsAlignedAsATerminalShowsIt() throws IOException {
        assertThat(write("text")).isEqualTo("""
                A | title

                name       Δ  note
                ----  ------  ------
                日本  +0.500  a, "b"
                e\u0301      -1.25  *
                x y

                first note
                * best
                """);
    }

    @Test
    void longNamesAreBrokenWhereTheTableIsWide() throws IOException {
        List<Table.Column> columns = List.of(
                new Table.Column("a long name", true),
                new Table.Column("mean (6 tasks)", false),
                new Table.Column("text", false));
        String wide = "x".repeat(100);

        assertThat(text(new Table("", columns, List.of(List.of("1234567", "2", wide)), List.of())))
                .isEqualTo("""
                         a long  mean
                           name  (6 tasks)  text
                        -------  ---------  %s
                        1234567  2          %s
                        """.formatted("-".repeat(100), wide));
        assertThat(text(new Table("", columns, List.of(List.of("1", "2", "x")), List.of())))
                .startsWith("a long name  mean (6 tasks)  text\n");
    }

    @Test
    void markdownEscapesWhatItWouldTakeForItself() throws IOException {
        assertThat(write("markdown")).isEqualTo("""
                ## A \\| title

                | name | Δ | note |
                | --- | ---: | --- |
                | 日本 | +0.500 | a, "b" |
                | e\u0301 | -1.25 | \\* |
                | x y |  |  |

                first note

                \\* best
                """);
    }

    @Test
    void csvQuotesWhatNeedsIt() throws IOException {
        assertThat(write("csv")).isEqualTo("""
                name,Δ,note
                日本,+0.500,"a, ""b""\"
                e\u0301,-1.25,*
                "x
                y",,
                """);
    }

    @Test
    void jsonHasNumbersWhereTheTableHasNumbers() throws IOException {
        assertThat(write("json")).isEqualTo("""
                {
                  "title": "A | title",
                  "columns": [ {
                    "name": "name",
                    "numeric": false
                  }, {
                    "name": "Δ",
                    "numeric": true
                  }, {
                    "name": "note",
                    "numeric": false
                  } ],
                  "rows": [ [ "日本", 0.500, "a, \\"b\\"" ], [ "e\u0301", -1.25, "*" ], [ "x\\ny", null, null ] ],
                  "notes": [ "first\\tnote", "* best" ]
                }
                """);
    }

    @Test
    void jsonKeepsAsTextWhatIsNoNumber() throws IOException {
        StringBuilder out = new StringBuilder();
        new JsonReport()
                .write(
                        new Table(
                                "",
                                List.of(new Table.Column("time", true), new Table.Column("v", true)),
                                List.of(List.of("1 min 02 s", "2.000e+06"), List.of("NaN", "1e999999999")),
                                List.of()),
                        out);

        assertThat(out).contains("[ \"1 min 02 s\", 2.000E+6 ], [ \"NaN\", \"1e999999999\" ]");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() throws IOException {
        StringBuilder out = new StringBuilder();
        new TextReport()
                .write(
                        new Table("\u001b[31mred", List.of(new Table.Column("c", false)), List.of(), List.of("\u0007")),
                        out);

        assertThat(out.toString().chars().filter(c -> Character.isISOControl(c) && c != '\n'))
                .isEmpty();
    }

    private static String text(Table table) throws IOException {
        StringBuilder out = new StringBuilder();
        new TextReport().write(table, out);
        return out.toString();
    }

    private static String write(String id) throws IOException {
        ReportWriter writer = ServiceLoader.load(ReportWriter.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        StringBuilder out = new StringBuilder();
        writer.write(TABLE, out);
        return out.toString();
    }
}
