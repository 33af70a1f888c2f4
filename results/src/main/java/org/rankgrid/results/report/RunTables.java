package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.spi.report.Table;

/**
 * The tables at the end of a run, one row a cell: perplexities with what is kept and what it cost, and accuracies with their
 * paired differences to the dense model. What is the same in all rows stands below instead.
 */
public final class RunTables {

    private RunTables() {}

    /**
     * The tables of some cells: one if no task has an accuracy; else two, of which that of the accuracies is the first where
     * there is no perplexity.
     *
     * @param title what they show
     * @param cells in the order of the grid; sorted by model, ratio and factorization, the dense model first
     * @param items the log of a cell, asked for once a table at most; empty if there is none
     * @param metrics which accuracy of a task is shown and goes into the mean, by the task's name or id; {@code acc} of tasks
     *     that are not in it
     */
    public static List<Table> of(
            String title, List<CellResult> cells, Function<CellResult, List<Item>> items, Map<String, String> metrics) {
        RunCells run = new RunCells(cells, items);
        List<Metric> unbounded = Metric.unbounded(run);
        List<Metric> accuracies = Metric.accuracies(run, metrics);
        RunTable costs = new RunTable(run, unbounded);
        List<String> common = RunNotes.common(run);
        List<String> troubles = RunNotes.troubles(run);
        if (accuracies.isEmpty()) {
            return List.of(run.table(title, costs.fields(), joined(common, costs.notes(), troubles)));
        }
        AccuracyTable accuracy = new AccuracyTable(run, accuracies);
        return unbounded.isEmpty()
                ? List.of(
                        run.table(title, accuracy.fields(), joined(common, accuracy.notes())),
                        run.table(under(title, "cost"), costs.fields(), joined(costs.notes(), troubles)))
                : List.of(
                        run.table(title, costs.fields(), joined(common, costs.notes())),
                        run.table(under(title, "accuracy"), accuracy.fields(), joined(accuracy.notes(), troubles)));
    }

    private static String under(String title, String what) {
        return title.isEmpty() ? what : title + ": " + what;
    }

    @SafeVarargs
    private static List<String> joined(List<String>... notes) {
        List<String> all = new ArrayList<>();
        for (List<String> some : notes) {
            all.addAll(some);
        }
        return all;
    }
}
