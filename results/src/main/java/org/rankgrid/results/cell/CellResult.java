package org.rankgrid.results.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
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

    /** A score by task and metric. */
    public Optional<Score> score(String task, String metric) {
        return scores.stream()
                .filter(score -> score.task().equals(task) && score.metric().equals(metric))
                .findFirst();
    }

    /**
     * This result after some of its tasks were scored later: tasks and facts of the newer result replace those of the same
     * name, all others are kept, costs add up, and everything else is the newer's.
     *
     * @throws IllegalArgumentException if the two are not of the same weights
     */
    public CellResult mergedWith(CellResult newer) {
        if (!provenance.identity().equals(newer.provenance.identity())) {
            throw new IllegalArgumentException("results of different weights cannot be merged: " + provenance.identity()
                    + " and " + newer.provenance.identity());
        }
        SequencedMap<String, String> tasks = new LinkedHashMap<>(provenance.tasks());
        tasks.putAll(newer.provenance.tasks());
        SequencedMap<String, Object> facts = new LinkedHashMap<>(provenance.facts());
        facts.putAll(newer.provenance.facts());
        List<Score> merged = new ArrayList<>();
        for (String task : tasks.keySet()) {
            CellResult from = newer.provenance.tasks().containsKey(task) ? newer : this;
            from.scores.stream().filter(score -> score.task().equals(task)).forEach(merged::add);
        }
        return new CellResult(
                newer.cell,
                newer.outcome,
                newer.params.or(() -> params),
                merged,
                cost.plus(newer.cost),
                new Provenance(newer.provenance.identity(), tasks, facts));
    }
}
