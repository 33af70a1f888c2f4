package org.rankgrid.results.cell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.rankgrid.spi.task.Score;

/**
 * The result of one cell: the content of {@code result.json}.
 *
 * @param cell which cell
 * @param outcome how it ended
 * @param params what it keeps; empty if it failed before that was known
 * @param scores all scores, task by task
 * @param cost what it cost
 * @param provenance what it was made from
 */
public record CellResult(
        CellSpec cell, Outcome outcome, Optional<Params> params, List<Score> scores, Cost cost, Provenance provenance) {

    /** Copies the list. */
    public CellResult {
        scores = List.copyOf(scores);
    }

    /** Whether the cell ended with an error. */
    public boolean failed() {
        return outcome instanceof Outcome.Failed;
    }

    /** Whether a task has been scored, with the same data and settings. */
    public boolean hasTask(String task, String fingerprint) {
        return fingerprint.equals(provenance.tasks().get(task));
    }

    /** A score by task and metric; of a task asked for its own, not that of the same task as a part of a group. */
    public Optional<Score> score(String task, String metric) {
        return Stream.concat(scoresOf(task).stream(), scores.stream())
                .filter(score -> score.task().equals(task) && score.metric().equals(metric))
                .findFirst();
    }

    /**
     * A task's name and those of its parts: what follows a group's own scores, up to those of the next task that was asked
     * for.
     */
    public SequencedSet<String> withParts(String task) {
        SequencedSet<String> names = new LinkedHashSet<>(List.of(task));
        scoresOf(task).forEach(score -> names.add(score.task()));
        return names;
    }

    /** Whether a task was asked for itself, and not only as a part of a group. */
    public boolean isAsked(String task) {
        return provenance.tasks().containsKey(task);
    }

    /**
     * This result after some of its tasks were scored later: tasks (with their parts) and facts of the newer result replace those
     * of the same name, all others are kept, costs add up, and everything else is the newer's.
     *
     * @throws IllegalArgumentException if the two are not of the same weights
     */
    public CellResult mergedWith(CellResult newer) {
        if (!provenance.identity().equals(newer.provenance.identity())) {
            throw new IllegalArgumentException("results of different weights cannot be merged: " + provenance.identity()
                    + " and " + newer.provenance.identity());
        }
        Provenance both = provenance.mergedWith(newer.provenance);
        List<Score> merged = new ArrayList<>();
        for (String task : both.tasks().keySet()) {
            CellResult from = newer.provenance.tasks().containsKey(task) ? newer : this;
            merged.addAll(from.scoresOf(task));
        }
        return new CellResult(
                newer.cell, newer.outcome, newer.params.or(() -> params), merged, cost.plus(newer.cost), both);
    }

    /**
     * The scores of a task that was asked for and of its parts; none if it has not been scored. Sections stand in the order in which their tasks were asked for; they are found
     * from the last one on, as a task may be asked for and be a part of a group before it too.
     */
    public List<Score> scoresOf(String task) {
        int end = scores.size();
        for (String asked : provenance.tasks().reversed().keySet()) {
            int begin = end;
            while (begin > 0 && !scores.get(begin - 1).task().equals(asked)) {
                begin--;
            }
            while (begin > 0 && scores.get(begin - 1).task().equals(asked)) {
                begin--;
            }
            boolean found = begin < end && scores.get(begin).task().equals(asked);
            if (asked.equals(task)) {
                return found ? scores.subList(begin, end) : List.of();
            }
            end = found ? begin : end;
        }
        return List.of();
    }
}
