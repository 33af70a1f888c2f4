package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.spi.task.Score;

/** The sentences below the table of a run: how scores were measured, what the marks mean, and why cells failed. */
final class RunNotes {

    /** Marks the best score of a ratio. */
    static final String BEST = "*";

    /** Heads the column of perplexities in percent of their baseline's. */
    static final String QUOTIENT = "% of base";

    /** Heads the column of their intervals. */
    static final String INTERVAL = "95 %";

    private RunNotes() {}

    static List<String> of(
            List<CellResult> cells,
            Collection<String> tasks,
            List<Metric> metrics,
            CellNames names,
            Baselines baselines,
            boolean intervals) {
        List<String> notes = new ArrayList<>();
        String constants = constants(cells, names);
        if (!constants.isEmpty()) {
            notes.add(constants);
        }
        List<String> models =
                cells.stream().map(cell -> cell.cell().model()).distinct().toList();
        for (String task : tasks) {
            for (String model : models) {
                protocols(cells, task, model, names.manyModels() ? " on " + model : "", notes);
            }
        }
        quotient(cells, metrics, baselines, intervals).ifPresent(notes::add);
        boolean marked =
                cells.stream().anyMatch(cell -> metrics.stream().anyMatch(metric -> baselines.best(cell, metric)));
        if (marked && metrics.size() == 1) {
            notes.add(BEST + " best " + metrics.getFirst().name() + " of its ratio");
        }
        cells.stream().flatMap(RunNotes::overlaps).distinct().forEach(notes::add);
        for (CellResult cell : cells) {
            if (cell.outcome() instanceof Outcome.Failed(String kind, String error)) {
                notes.add(names.full(cell.cell()) + " failed: " + error);
            }
        }
        return notes;
    }

    /** What perplexities are held against. */
    private static Optional<String> quotient(
            List<CellResult> cells, List<Metric> metrics, Baselines baselines, boolean intervals) {
        if (metrics.stream().noneMatch(Metric::hasQuotient)
                || cells.stream().allMatch(cell -> baselines.base(cell).isEmpty())) {
            return Optional.empty();
        }
        String base = baselines.hasUniform()
                ? ": of uniform's at the same ratio, else of the dense model's"
                : ": of the dense model's";
        String interval = intervals ? "; " + INTERVAL + ": its confidence interval, paired over windows" : "";
        return Optional.of(QUOTIENT + base + interval);
    }

    /** Texts that stand in a cell's calibration or validation text too: a sentence each. */
    private static Stream<String> overlaps(CellResult cell) {
        return Stream.of("calibration", "validation").flatMap(use -> overlaps(cell, use));
    }

    private static Stream<String> overlaps(CellResult cell, String use) {
        return cell.provenance().facts().get(use) instanceof Map<?, ?> text
                        && text.get("overlap") instanceof Map<?, ?> overlaps
                ? overlaps.entrySet().stream()
                        .map(entry -> use + " on " + text.get("corpus") + " overlaps with " + entry.getKey() + ": "
                                + entry.getValue())
                : Stream.empty();
    }

    /** What all cells have in common and the table therefore leaves out. */
    private static String constants(List<CellResult> cells, CellNames names) {
        StringJoiner constants = new StringJoiner(", ");
        if (!names.manyModels()) {
            cells.stream()
                    .limit(1)
                    .forEach(cell -> constants.add("model " + cell.cell().model()));
        }
        if (!names.manyFactorizations()) {
            cells.stream()
                    .map(cell -> names.factorization(cell.cell()))
                    .filter(name -> !name.isEmpty())
                    .limit(1)
                    .forEach(name -> constants.add("factorization " + name));
        }
        return constants.toString();
    }

    private static void protocols(
            List<CellResult> cells, String task, String model, String onModel, List<String> notes) {
        List<String> protocols = cells.stream()
                .filter(cell -> cell.cell().model().equals(model))
                .flatMap(cell -> cell.scores().stream())
                .filter(score -> score.task().equals(task))
                .map(RunNotes::protocol)
                .distinct()
                .toList();
        if (protocols.size() == 1) {
            notes.add(task + onModel + ": " + protocols.getFirst());
        } else if (protocols.size() > 1) {
            notes.add(task + onModel + " was measured in " + protocols.size()
                    + " ways, rows of different ones cannot be compared: " + String.join("; ", protocols));
        }
    }

    private static String protocol(Score score) {
        return score.protocol().entrySet().stream()
                .filter(entry -> !Boolean.FALSE.equals(entry.getValue()))
                .map(RunNotes::protocolPart)
                .collect(Collectors.joining(", "));
    }

    private static String protocolPart(Map.Entry<String, Object> part) {
        return switch (part.getKey()) {
            case "name" -> String.valueOf(part.getValue());
            case "limited" -> "limited to the first items";
            default -> part.getValue().equals(true) ? part.getKey() : part.getKey() + " " + part.getValue();
        };
    }
}
