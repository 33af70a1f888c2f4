package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.spi.task.Score;

/**
 * A metric of a task, as a column of a table.
 *
 * @param task the task
 * @param name the metric
 */
record Metric(String task, String name) {

    private static final String ACCURACY = "acc";

    private static final Set<String> LOWER_IS_BETTER =
            Set.of("ppl", "nll", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte");

    /** What says the same as another metric, which is shown instead where there is one. */
    private static final Map<String, String> SAME =
            Map.of("nll", "ppl", "byte_perplexity", "word_perplexity", "bits_per_byte", "word_perplexity");

    /** What some cells have besides accuracies, in the order of their tasks: perplexities, and what has no bound. */
    static List<Metric> unbounded(RunCells cells) {
        List<Metric> shown = new ArrayList<>();
        for (String task : cells.tasks()) {
            List<Metric> all = all(cells, task);
            Set<String> names = all.stream().map(Metric::name).collect(Collectors.toSet());
            all.stream()
                    .filter(metric -> !metric.isAccuracy(cells))
                    .filter(metric -> !names.contains(SAME.getOrDefault(metric.name, "")))
                    .forEach(shown::add);
        }
        return shown;
    }

    /**
     * One accuracy of each task that has any.
     *
     * @param wanted which one, by the name or the id of the task; {@code acc} of those that are not in it
     */
    static List<Metric> accuracies(RunCells cells, Map<String, String> wanted) {
        List<Metric> shown = new ArrayList<>();
        for (String task : cells.tasks()) {
            String id = task.replaceFirst(":.*", "");
            String first = wanted.getOrDefault(task, wanted.getOrDefault(id, ACCURACY));
            all(cells, task).stream()
                    .filter(metric -> metric.isAccuracy(cells))
                    .sorted(Comparator.comparing(metric -> !metric.name.equals(first)))
                    .findFirst()
                    .ifPresent(shown::add);
        }
        return shown;
    }

    /** Whether a smaller value is the better one. */
    static boolean lowerIsBetter(String name) {
        return LOWER_IS_BETTER.contains(name);
    }

    /** Whether the quotient of two values says something: of perplexities it does. */
    boolean hasQuotient() {
        return lowerIsBetter(name) && !name.equals("nll");
    }

    /** Whether it is the exponential of the mean over windows that the items hold. */
    boolean isOverWindows() {
        return name.equals("ppl");
    }

    /** The value in a cell. */
    Optional<Double> value(CellResult cell) {
        return cell.score(task, name).map(Score::value);
    }

    /** The metric with the name of its task. */
    String full() {
        return task + " " + name;
    }

    /** Whether it is a share of items: more is better, and no cell has more than one or less than none. */
    private boolean isAccuracy(RunCells cells) {
        return !lowerIsBetter(name)
                && cells.all().stream()
                        .flatMap(cell -> value(cell).stream())
                        .allMatch(value -> value >= 0 && value <= 1);
    }

    private static List<Metric> all(RunCells cells, String task) {
        return cells.all().stream()
                .flatMap(cell -> cell.scores().stream())
                .filter(score -> score.task().equals(task))
                .map(score -> new Metric(task, score.metric()))
                .distinct()
                .toList();
    }
}
