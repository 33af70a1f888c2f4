package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.rankgrid.results.cell.CellResult;

/**
 * The table of accuracies: one column a task, in percent, each beside its paired difference to the dense model; of several
 * tasks their mean. A group is one column, its parts are not shown.
 */
final class AccuracyTable {

    private final RunCells run;
    private final List<Metric> metrics;

    /** The accuracies of each cell, task by task. */
    private final IdentityHashMap<CellResult, List<Optional<Accuracy>>> rows = new IdentityHashMap<>();

    AccuracyTable(RunCells run, List<Metric> accuracies) {
        this.run = run;
        this.metrics = accuracies;
        for (CellResult cell : run.all()) {
            Optional<CellResult> dense = run.baselines().dense(cell);
            rows.put(
                    cell,
                    accuracies.stream()
                            .map(metric -> Accuracy.of(metric, cell, dense, run::items))
                            .toList());
        }
    }

    /** Its columns besides those that name the cells. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int m = 0; m < metrics.size(); m++) {
            int column = m;
            fields.add(new Field(
                    metrics.get(m).full(), false, cell -> text(row(cell).get(column))));
        }
        if (metrics.size() > 1) {
            fields.add(new Field(headline() + " (" + metrics.size() + " tasks)", false, cell -> text(overall(cell))));
        }
        if (hasBests()) {
            fields.add(new Field("best", false, cell -> isBest(cell) ? RunNotes.BEST : ""));
        }
        return fields;
    }

    /** How its scores were measured, and what its marks mean. */
    List<String> notes() {
        List<String> notes = new ArrayList<>(
                Protocols.notesOfChoices(run, metrics.stream().map(Metric::task).toList()));
        List<Accuracy> all = rows.values().stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
        StringBuilder cells = new StringBuilder("accuracy in percent");
        if (all.stream().anyMatch(accuracy -> accuracy.difference().isPresent())) {
            cells.append(", its difference to the dense model's in points");
        }
        if (all.stream().anyMatch(accuracy -> accuracy.paired().isPresent())) {
            cells.append(" ± the 95 % interval, paired over items");
        }
        notes.add(cells.toString());
        if (metrics.size() > 1) {
            notes.add("mean: every task counts the same");
        }
        if (hasBests()) {
            notes.add(RunNotes.best(headline()));
        }
        return notes;
    }

    /** The name of what decides: the only metric, or the mean. */
    private String headline() {
        List<String> names = metrics.stream().map(Metric::name).distinct().toList();
        if (metrics.size() == 1) {
            return names.getFirst();
        }
        return names.size() == 1 ? "mean " + names.getFirst() : "mean";
    }

    private List<Optional<Accuracy>> row(CellResult cell) {
        return rows.getOrDefault(cell, List.of());
    }

    /** The only accuracy, or the mean of all; empty if one is missing. */
    private Optional<Accuracy> overall(CellResult cell) {
        List<Accuracy> there = row(cell).stream().flatMap(Optional::stream).toList();
        return there.size() == metrics.size() ? Optional.of(Accuracy.mean(there)) : Optional.empty();
    }

    private boolean hasBests() {
        return run.all().stream().anyMatch(this::isBest);
    }

    private boolean isBest(CellResult cell) {
        return run.baselines().isLowest(cell, other -> overall(other).map(accuracy -> -accuracy.value()));
    }

    private static String text(Optional<Accuracy> accuracy) {
        return accuracy.map(Accuracy::text).orElse("");
    }
}
