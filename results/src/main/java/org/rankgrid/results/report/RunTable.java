package org.rankgrid.results.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rankgrid.results.cell.AllocationCost;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.Params;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.task.Score;

/**
 * The table at the end of a run: one row a cell, each score beside its distance to the dense model and to uniform allocation
 * at the same ratio, what is kept, and what it cost. A perplexity is given in percent of its baseline's, with the paired 95 %
 * interval over windows where the items are there. What is the same in all rows stands below the table instead.
 */
public final class RunTable {

    /** A column and what stands in it for a cell. */
    private record Field(String name, boolean numeric, Function<CellResult, String> text) {}

    private final List<CellResult> cells;
    private final List<Metric> metrics;
    private final CellNames names;
    private final Baselines baselines;
    private final Function<CellResult, List<Item>> items;

    private RunTable(List<CellResult> cells, Collection<String> tasks, Function<CellResult, List<Item>> items) {
        this.cells = sorted(cells);
        this.metrics = Metric.of(tasks, this.cells);
        this.names = new CellNames(this.cells);
        this.baselines = new Baselines(this.cells);
        this.items = items;
    }

    /** The table of some cells with the scores of all their tasks. */
    public static Table of(String title, List<CellResult> cells) {
        return of(title, cells, _ -> List.of());
    }

    /**
     * The table of some cells with the scores of all their tasks.
     *
     * @param items the log of a cell, asked for once or not at all; empty if there is none
     */
    public static Table of(String title, List<CellResult> cells, Function<CellResult, List<Item>> items) {
        Set<String> tasks = cells.stream()
                .flatMap(cell -> cell.scores().stream())
                .map(Score::task)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new RunTable(cells, tasks, remembered(items)).table(title, tasks);
    }

    /**
     * The table of some cells.
     *
     * @param title what it shows
     * @param cells in the order of the grid; sorted by model, ratio and factorization, the dense model first
     * @param tasks which tasks to show, in this order
     */
    public static Table of(String title, List<CellResult> cells, Collection<String> tasks) {
        return new RunTable(cells, tasks, _ -> List.of()).table(title, tasks);
    }

    private static Function<CellResult, List<Item>> remembered(Function<CellResult, List<Item>> items) {
        Map<String, List<Item>> known = new HashMap<>();
        return cell -> known.computeIfAbsent(cell.provenance().identity(), _ -> items.apply(cell));
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
        return new Table(title, columns, rows, RunNotes.of(cells, tasks, metrics, names, baselines, hasIntervals()));
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
        if (cells.stream().anyMatch(cell -> cell.cost().allocation().trials() > 0)) {
            fields.add(new Field("trials", true, RunTable::trials));
        }
        if (cells.stream().anyMatch(RunTable::ranTheModel)) {
            fields.add(new Field("allocate", true, RunTable::allocation));
        }
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
        if (metric.hasQuotient()
                && cells.stream().anyMatch(cell -> baselines.base(cell).isPresent())) {
            fields.add(new Field(prefix + RunNotes.QUOTIENT, true, cell -> quotient(metric, cell)));
            if (cells.stream().anyMatch(cell -> !interval(metric, cell).isEmpty())) {
                fields.add(new Field(prefix + RunNotes.INTERVAL, true, cell -> interval(metric, cell)));
            }
        } else if (!metric.hasQuotient() && baselines.hasUniform()) {
            fields.add(
                    new Field(prefix + "Δ uniform", true, cell -> difference(metric, cell, baselines.uniform(cell))));
        }
    }

    private static String difference(Metric metric, CellResult cell, Optional<CellResult> baseline) {
        return baseline.flatMap(metric::value)
                .flatMap(base -> metric.value(cell).map(value -> metric.showDifference(value - base)))
                .orElse("");
    }

    private String quotient(Metric metric, CellResult cell) {
        return baselines
                .base(cell)
                .flatMap(metric::value)
                .flatMap(base -> metric.value(cell).map(value -> Figures.percent(value / base)))
                .orElse("");
    }

    private String interval(Metric metric, CellResult cell) {
        return baselines
                .base(cell)
                .filter(_ -> metric.isOverWindows() && metric.value(cell).isPresent())
                .flatMap(base -> PairedRatio.of(items.apply(cell), items.apply(base), metric.task()))
                .map(ratio -> Figures.percent(ratio.low(), ratio.high()))
                .orElse("");
    }

    private boolean hasIntervals() {
        return metrics.stream()
                .anyMatch(metric ->
                        cells.stream().anyMatch(cell -> !interval(metric, cell).isEmpty()));
    }

    private static String trials(CellResult cell) {
        long trials = cell.cost().allocation().trials();
        return trials > 0 ? Long.toString(trials) : "";
    }

    private static boolean ranTheModel(CellResult cell) {
        AllocationCost cost = cell.cost().allocation();
        return cost.trials() + cost.tokensForwarded() + cost.tokensTrained() > 0;
    }

    private static String allocation(CellResult cell) {
        return ranTheModel(cell) ? Figures.duration(cell.cost().allocation().seconds()) : "";
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
