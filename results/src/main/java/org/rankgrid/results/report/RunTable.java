package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rankgrid.results.cell.AllocationCost;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Params;

/**
 * The table of perplexities and costs: each perplexity beside its distance to the dense model and in percent of its
 * baseline's, with the paired 95 % interval over windows where the items are there; what is kept, and what it cost.
 */
final class RunTable {

    private static final String QUOTIENT = "% of base";
    private static final String INTERVAL = "95 %";

    private final RunCells run;
    private final List<CellResult> cells;
    private final List<Metric> metrics;
    private final Baselines baselines;
    private final IdentityHashMap<CellResult, Map<Metric, String>> intervals = new IdentityHashMap<>();

    RunTable(RunCells run, List<Metric> metrics) {
        this.run = run;
        this.cells = run.all();
        this.metrics = metrics;
        this.baselines = run.baselines();
        cells.forEach(cell -> intervals.put(cell, paired(cell)));
    }

    /** Its columns besides those that name the cells. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        metrics.forEach(metric -> addMetric(metric, fields));
        if (hasBests()) {
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

    /** How its scores were measured, and what its marks mean. */
    List<String> notes() {
        SequencedSet<String> tasks =
                metrics.stream().map(Metric::task).collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> notes = new ArrayList<>(Protocols.notes(run, tasks));
        if (metrics.stream().anyMatch(this::hasQuotient)) {
            notes.add(QUOTIENT
                    + (baselines.hasUniform()
                            ? ": of uniform's at the same ratio, else of the dense model's"
                            : ": of the dense model's")
                    + (metrics.stream().anyMatch(this::hasIntervals)
                            ? "; " + INTERVAL + ": its confidence interval, paired over windows"
                            : ""));
        }
        if (metrics.size() == 1 && hasBests()) {
            notes.add(RunNotes.best(metrics.getFirst().name()));
        }
        return notes;
    }

    private void addMetric(Metric metric, List<Field> fields) {
        String prefix = metrics.size() == 1 ? "" : metric.full() + " ";
        fields.add(new Field(
                metrics.size() == 1 ? metric.name() : metric.full(),
                true,
                cell -> metric.value(cell).map(Figures::unbounded).orElse("")));
        if (baselines.hasDense()) {
            fields.add(new Field(prefix + "Δ dense", true, cell -> difference(metric, cell)));
        }
        if (hasQuotient(metric)) {
            fields.add(new Field(prefix + QUOTIENT, true, cell -> quotient(metric, cell)));
        }
        if (hasIntervals(metric)) {
            fields.add(new Field(prefix + INTERVAL, true, cell -> interval(metric, cell)));
        }
    }

    private String difference(Metric metric, CellResult cell) {
        return baselines
                .dense(cell)
                .flatMap(metric::value)
                .flatMap(base -> metric.value(cell).map(value -> Figures.difference(value - base)))
                .orElse("");
    }

    private boolean hasQuotient(Metric metric) {
        return metric.hasQuotient()
                && cells.stream().anyMatch(cell -> baselines.base(cell).isPresent());
    }

    private String quotient(Metric metric, CellResult cell) {
        return baselines
                .base(cell)
                .flatMap(metric::value)
                .flatMap(base -> metric.value(cell).map(value -> Figures.percent(value / base)))
                .orElse("");
    }

    private boolean hasIntervals(Metric metric) {
        return cells.stream().anyMatch(cell -> !interval(metric, cell).isEmpty());
    }

    private String interval(Metric metric, CellResult cell) {
        return intervals.getOrDefault(cell, Map.of()).getOrDefault(metric, "");
    }

    /** The intervals of a cell's perplexities. */
    private Map<Metric, String> paired(CellResult cell) {
        Map<Metric, String> paired = new HashMap<>();
        for (Metric metric : metrics) {
            baselines
                    .base(cell)
                    .filter(_ -> metric.isOverWindows() && metric.value(cell).isPresent())
                    .flatMap(base -> PairedRatio.of(run.items(cell), run.items(base), metric.task()))
                    .ifPresent(ratio -> paired.put(metric, Figures.percent(ratio.low(), ratio.high())));
        }
        return paired;
    }

    private boolean hasBests() {
        return cells.stream().anyMatch(cell -> !bests(cell).isEmpty());
    }

    /** A star, or the metrics' names where there are several. */
    private String bests(CellResult cell) {
        List<Metric> won = metrics.stream()
                .filter(metric -> Metric.lowerIsBetter(metric.name()) && baselines.isLowest(cell, metric::value))
                .toList();
        if (won.isEmpty() || metrics.size() == 1) {
            return won.isEmpty() ? "" : RunNotes.BEST;
        }
        return won.stream().map(Metric::full).collect(Collectors.joining(", "));
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

    private static String ofParams(CellResult cell, Function<Params, String> text) {
        return cell.params().map(text).orElse("");
    }

    private static String speed(CellResult cell) {
        return cell.cost().tokensPerSecond().isPresent()
                ? Figures.perSecond(cell.cost().tokensPerSecond().getAsDouble())
                : "";
    }
}
