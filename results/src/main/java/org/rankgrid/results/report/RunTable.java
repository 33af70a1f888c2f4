package org.rankgrid.results.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Params;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.task.Score;

/**
 * The table at the end of a run: one row a cell, each score beside its distance to the dense model and to uniform allocation
 * at the same ratio, what is kept, and what it cost. What is the same in all rows stands below the table instead.
 */
public final class RunTable {

    /** A column and what stands in it for a cell. */
    private record Field(String name, boolean numeric, Function<CellResult, String> text) {}

    private final List<CellResult> cells;
    private final List<Metric> metrics;
    private final CellNames names;
    private final Baselines baselines;

    private RunTable(List<CellResult> cells, Collection<String> tasks) {
        this.cells = sorted(cells);
        this.metrics = Metric.of(tasks, this.cells);
        this.names = new CellNames(this.cells);
        this.baselines = new Baselines(this.cells);
    }

    /** The table of some cells with the scores of all their tasks. */
    public static Table of(String title, List<CellResult> cells) {
        Set<String> tasks = cells.stream()
                .flatMap(cell -> cell.scores().stream())
                .map(Score::task)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return of(title, cells, tasks);
    }

    /**
     * The table of some cells.
     *
     * @param title what it shows
     * @param cells in the order of the grid; sorted by model, ratio and factorization, the dense model first
     * @param tasks which tasks to show, in this order
     */
    public static Table of(String title, List<CellResult> cells, Collection<String> tasks) {
        return new RunTable(cells, tasks).table(title, tasks);
    }

    private Table table(String title, Collection<String> tasks) {
        List<Field> fields = fields();
        List<List<String>> rows = cells.stream()
                .map(cell ->
                        fields.stream().map(field -> field.text().apply(cell)).toList())
                .toList();
        List<Table.Column> columns = fields.stream()
                .map(field -> new Table.Column(field.name(), field.numeric()))
                .toList();
        return new Table(title, columns, rows, RunNotes.of(cells, tasks, metrics, names, baselines));
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        if (names.manyModels()) {
            fields.add(new Field("model", false, cell -> cell.cell().model()));
        }
        if (names.manyFactorizations()) {
            fields.add(new Field("factorization", false, cell -> names.factorization(cell.cell())));
        }
        fields.add(new Field("allocator", false, cell -> names.allocator(cell.cell())));
        fields.add(new Field("ratio", true, cell -> names.ratio(cell.cell())));
        if (names.manySeeds()) {
            fields.add(new Field("seed", true, cell -> names.seed(cell.cell())));
        }
        if (cells.stream().anyMatch(CellResult::failed)) {
            fields.add(new Field("status", false, cell -> cell.failed() ? "failed" : "ok"));
        }
        metrics.forEach(metric -> addMetric(metric, fields));
        if (cells.stream().anyMatch(cell -> !bests(cell).isEmpty())) {
            fields.add(new Field("best", false, this::bests));
        }
        fields.add(new Field("kept", true, cell -> ofParams(cell, params -> Long.toString(params.linearKept()))));
        fields.add(new Field(
                "kept %", true, cell -> ofParams(cell, params -> Figures.percentKept(params.keptShare()))));
        fields.add(new Field("tokens/s", true, RunTable::speed));
        fields.add(new Field("time", true, cell -> Figures.duration(cell.cost().seconds())));
        return fields;
    }

    private void addMetric(Metric metric, List<Field> fields) {
        String prefix = metrics.size() == 1 ? "" : metric.task() + " " + metric.name() + " ";
        fields.add(new Field(
                metrics.size() == 1 ? metric.name() : prefix.strip(),
                true,
                cell -> metric.value(cell).map(metric::show).orElse("")));
        if (baselines.hasDense()) {
            fields.add(new Field(prefix + "Δ dense", true, cell -> difference(metric, cell, baselines.dense(cell))));
        }
        if (baselines.hasUniform()) {
            fields.add(
                    new Field(prefix + "Δ uniform", true, cell -> difference(metric, cell, baselines.uniform(cell))));
            if (metric.hasQuotient()) {
                fields.add(new Field(prefix + "% of uniform", true, cell -> quotient(metric, cell)));
            }
        }
    }

    private static String difference(Metric metric, CellResult cell, Optional<CellResult> baseline) {
        return baseline.flatMap(metric::value)
                .flatMap(base -> metric.value(cell).map(value -> metric.showDifference(value - base)))
                .orElse("");
    }

    private String quotient(Metric metric, CellResult cell) {
        return baselines
                .uniform(cell)
                .flatMap(metric::value)
                .flatMap(base -> metric.value(cell).map(value -> Figures.percent(value / base)))
                .orElse("");
    }

    /** A star, or the metrics' names where there are several. */
    private String bests(CellResult cell) {
        List<Metric> won =
                metrics.stream().filter(metric -> baselines.best(cell, metric)).toList();
        if (won.isEmpty() || metrics.size() == 1) {
            return won.isEmpty() ? "" : RunNotes.BEST;
        }
        return won.stream().map(metric -> metric.task() + " " + metric.name()).collect(Collectors.joining(", "));
    }

    private static String ofParams(CellResult cell, Function<Params, String> text) {
        return cell.params().map(text).orElse("");
    }

    private static String speed(CellResult cell) {
        return cell.cost().tokensPerSecond().isPresent()
                ? Figures.perSecond(cell.cost().tokensPerSecond().getAsDouble())
                : "";
    }

    private static List<CellResult> sorted(List<CellResult> cells) {
        List<String> models =
                cells.stream().map(cell -> cell.cell().model()).distinct().toList();
        List<String> factorizations = cells.stream()
                .flatMap(cell -> cell.cell().factorization().stream())
                .distinct()
                .toList();
        Comparator<CellResult> order = Comparator.comparingInt(
                        (CellResult cell) -> models.indexOf(cell.cell().model()))
                .thenComparing(cell -> !cell.cell().isDense())
                .thenComparing(cell -> cell.cell().ratio().isEmpty())
                .thenComparing(cell -> cell.cell().ratio().orElse(BigDecimal.ZERO))
                .thenComparingInt(cell ->
                        cell.cell().factorization().map(factorizations::indexOf).orElse(-1));
        return cells.stream().sorted(order).toList();
    }
}
