package org.rankgrid.results.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.spi.task.Score;

/** The sentences below the table of a run: how scores were measured, what the marks mean, and why cells failed. */
final class RunNotes {

    /** Marks the best score of a ratio. */
    static final String BEST = "*";

    private RunNotes() {}

    static List<String> of(
            List<CellResult> cells,
            Collection<String> tasks,
            List<Metric> metrics,
            CellNames names,
            Baselines baselines) {
        List<String> notes = new ArrayList<>();
        List<String> models =
                cells.stream().map(cell -> cell.cell().model()).distinct().toList();
        for (String task : tasks) {
            for (String model : models) {
                protocols(cells, task, model, names.manyModels() ? " on " + model : "", notes);
            }
        }
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

    /** Texts of a cell's tasks that stand in its calibration text too: a sentence each. */
    private static Stream<String> overlaps(CellResult cell) {
        return cell.provenance().facts().get("calibration") instanceof Map<?, ?> calibration
                        && calibration.get("overlap") instanceof Map<?, ?> overlaps
                ? overlaps.entrySet().stream()
                        .map(entry -> "calibration on " + calibration.get("corpus") + " overlaps with " + entry.getKey()
                                + ": " + entry.getValue())
                : Stream.empty();
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
