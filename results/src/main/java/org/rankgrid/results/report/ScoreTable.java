package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.task.Score;

/** The table of one model's scores: a row a score, and how each task was measured. */
public final class ScoreTable {

    private static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("task", false),
            new Table.Column("metric", false),
            new Table.Column("value", true),
            new Table.Column("stderr", true),
            new Table.Column("n", true),
            new Table.Column("protocol", false));

    private ScoreTable() {}

    /**
     * The table of some scores.
     *
     * @param title the model
     * @param scores in the order of the tasks
     * @param asked the tasks that were asked for; parts of groups are not shown, only counted
     */
    public static Table of(String title, List<Score> scores, Collection<String> asked) {
        List<List<String>> rows = new ArrayList<>();
        String above = "";
        for (Score score : scores) {
            if (!asked.contains(score.task())) {
                continue;
            }
            // The scores of a task were measured in one way, which is said once.
            String protocol = Protocols.text(score.protocol());
            String named = score.task() + ": " + protocol;
            boolean share = !Metric.lowerIsBetter(score.metric());
            rows.add(List.of(
                    score.task(),
                    score.metric(),
                    share ? Figures.share(score.value()) : String.format(Locale.ROOT, "%.6g", score.value()),
                    score.stderr().isPresent() ? error(score.stderr().getAsDouble(), share) : "",
                    String.valueOf(score.n()),
                    named.equals(above) ? "" : protocol));
            above = named;
        }
        long parts = scores.stream()
                .map(Score::task)
                .filter(task -> !asked.contains(task))
                .distinct()
                .count();
        return new Table(
                title,
                COLUMNS,
                rows,
                parts == 0 ? List.of() : List.of("and " + parts + " parts, which JSON output has"));
    }

    private static String error(double value, boolean share) {
        return share ? Figures.share(value) : String.format(Locale.ROOT, "%.2g", value);
    }
}
