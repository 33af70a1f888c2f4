package org.rankgrid.results.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.task.Score;

/** The cells of a run beside each other: in the order of a table, with their names, their baselines and their logs. */
final class RunCells {

    private final List<CellResult> all;
    private final CellNames names;
    private final Baselines baselines;
    private final Function<CellResult, List<Item>> items;
    private final Map<String, List<Item>> kept = new HashMap<>();
    private String lastIdentity = "";
    private List<Item> last = List.of();

    /**
     * Some cells.
     *
     * @param cells in the order of the grid; sorted by model, ratio and factorization, the dense model first
     * @param items the log of a cell, asked for once a table at most; empty if there is none
     */
    RunCells(List<CellResult> cells, Function<CellResult, List<Item>> items) {
        this.all = sorted(cells);
        this.names = new CellNames(all);
        this.baselines = new Baselines(all);
        this.items = items;
    }

    /** The cells, row by row. */
    List<CellResult> all() {
        return all;
    }

    CellNames names() {
        return names;
    }

    Baselines baselines() {
        return baselines;
    }

    /**
     * The log of a cell. Those of baselines are kept, of the others the last one only: a grid's logs may be larger than the
     * memory.
     */
    List<Item> items(CellResult cell) {
        String identity = cell.provenance().identity();
        if (Baselines.isBaseline(cell)) {
            return kept.computeIfAbsent(identity, _ -> items.apply(cell));
        }
        if (!identity.equals(lastIdentity)) {
            last = items.apply(cell);
            lastIdentity = identity;
        }
        return last;
    }

    /** The tasks that were asked for, without the parts of groups. */
    SequencedSet<String> tasks() {
        SequencedSet<String> tasks = new LinkedHashSet<>();
        for (CellResult cell : all) {
            cell.scores().stream().map(Score::task).filter(cell::isAsked).forEach(tasks::add);
        }
        return tasks;
    }

    /** A table of all cells: the columns that say which cell it is, and some more. */
    Table table(String title, List<Field> fields, List<String> notes) {
        List<Field> columns = new ArrayList<>(naming());
        columns.addAll(fields);
        return new Table(
                title,
                columns.stream()
                        .map(field -> new Table.Column(field.name(), field.numeric()))
                        .toList(),
                all.stream()
                        .map(cell -> columns.stream()
                                .map(field -> field.text().apply(cell))
                                .toList())
                        .toList(),
                notes);
    }

    private List<Field> naming() {
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
        if (all.stream().anyMatch(CellResult::failed)) {
            fields.add(new Field("status", false, cell -> cell.failed() ? "failed" : "ok"));
        }
        return fields;
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
