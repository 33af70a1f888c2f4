package org.rankgrid.results.report;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Outcome;

/** The sentences below the tables of a run that belong to no score. */
final class RunNotes {

    /** Marks the best score of a ratio. */
    static final String BEST = "*";

    private RunNotes() {}

    /** What all cells have in common and the tables therefore leave out: a sentence or none. */
    static List<String> common(RunCells cells) {
        StringJoiner common = new StringJoiner(", ");
        if (!cells.names().manyModels()) {
            cells.all().stream()
                    .limit(1)
                    .forEach(cell -> common.add("model " + cell.cell().model()));
        }
        if (!cells.names().manyFactorizations()) {
            cells.all().stream()
                    .map(cell -> cells.names().factorization(cell.cell()))
                    .filter(name -> !name.isEmpty())
                    .limit(1)
                    .forEach(name -> common.add("factorization " + name));
        }
        return common.length() == 0 ? List.of() : List.of(common.toString());
    }

    /** What the mark says. */
    static String best(String metric) {
        return BEST + " best " + metric + " of its ratio";
    }

    /** Texts that overlap, and why cells failed. */
    static List<String> troubles(RunCells cells) {
        return Stream.concat(
                        cells.all().stream().flatMap(RunNotes::overlaps).distinct(),
                        cells.all().stream().flatMap(cell -> failure(cells.names(), cell)))
                .toList();
    }

    private static Stream<String> failure(CellNames names, CellResult cell) {
        return cell.outcome() instanceof Outcome.Failed(String _, String error)
                ? Stream.of(names.full(cell.cell()) + " failed: " + error)
                : Stream.empty();
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
}
