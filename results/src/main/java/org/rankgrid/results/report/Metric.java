package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.spi.task.Score;

/**
 * A metric of a task, as a column of a table.
 *
 * @param task the task
 * @param name the metric
 */
record Metric(String task, String name) {

    private static final Set<String> LOWER_IS_BETTER =
            Set.of("ppl", "nll", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte");

    /** The metrics that some results have, in the order of the tasks; without {@code nll}, which says the same as ppl. */
    static List<Metric> of(Collection<String> tasks, List<CellResult> cells) {
        Set<Metric> found = new LinkedHashSet<>();
        for (String task : tasks) {
            for (CellResult cell : cells) {
                for (Score score : cell.scores()) {
                    if (score.task().equals(task)) {
                        found.add(new Metric(task, score.metric()));
                    }
                }
            }
        }
        List<Metric> shown = new ArrayList<>(found);
        shown.removeIf(metric -> metric.name.equals("nll") && found.contains(new Metric(metric.task, "ppl")));
        return shown;
    }

    /** Whether a smaller value is the better one. */
    boolean lowerIsBetter() {
        return LOWER_IS_BETTER.contains(name);
    }

    /** Whether the quotient of two values says something: of perplexities it does. */
    boolean hasQuotient() {
        return lowerIsBetter() && !name.equals("nll");
    }

    /** Whether it is the exponential of the mean over windows that the items hold. */
    boolean isOverWindows() {
        return name.equals("ppl");
    }

    /** The value in a cell. */
    Optional<Double> value(CellResult cell) {
        return cell.score(task, name).map(Score::value);
    }

    /** Whether a value is better than another. */
    boolean better(double a, double b) {
        return lowerIsBetter() ? a < b : a > b;
    }

    /** A value as text. */
    String show(double value) {
        return lowerIsBetter() ? Figures.unbounded(value) : Figures.share(value);
    }

    /** A difference as text. */
    String showDifference(double difference) {
        return Figures.difference(difference, !lowerIsBetter());
    }
}
