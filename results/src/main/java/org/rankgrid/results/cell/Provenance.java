package org.rankgrid.results.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a result was made from.
 *
 * @param identity hash of everything that determines the cell's weights; the id of the cell ends in its first digits
 * @param tasks for every task that was scored, a hash of what determines its scores besides the weights
 * @param facts what else is worth knowing: backend, versions, corpora, repairs; plain values by name
 */
public record Provenance(String identity, SequencedMap<String, String> tasks, SequencedMap<String, Object> facts) {

    /** Key of the identity in {@code result.json}. */
    static final String IDENTITY = "identity";

    /** Key of the tasks in {@code result.json}. */
    static final String TASKS = "tasks";

    /** The fact that says, by task, from which other cell of equal weights scores were taken. */
    private static final String SCORED_WITH = "scored_with";

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if a fact is named like one of the other components
     */
    public Provenance {
        if (facts.containsKey(IDENTITY) || facts.containsKey(TASKS)) {
            throw new IllegalArgumentException("a fact cannot be named '" + IDENTITY + "' or '" + TASKS + "'");
        }
        tasks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tasks));
        facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
    }

    /** The cell of equal weights whose scores of a task these are; empty if the task was scored for this cell. */
    public Optional<String> scoredWith(String task) {
        return Optional.ofNullable(lenders().get(task)).map(String::valueOf);
    }

    /**
     * The same with scores of some tasks taken from other cells of equal weights.
     *
     * @param lenders a cell's id for each such task
     */
    public Provenance scoredWith(Map<String, String> lenders) {
        SequencedMap<String, Object> more = new LinkedHashMap<>(facts);
        more.remove(SCORED_WITH);
        if (!lenders.isEmpty()) {
            more.put(SCORED_WITH, new LinkedHashMap<>(lenders));
        }
        return new Provenance(identity, tasks, more);
    }

    /** This one after some tasks were scored later: what the newer says of tasks and facts replaces what this one says. */
    Provenance mergedWith(Provenance newer) {
        SequencedMap<String, String> allTasks = new LinkedHashMap<>(tasks);
        allTasks.putAll(newer.tasks);
        SequencedMap<String, Object> allFacts = new LinkedHashMap<>(facts);
        allFacts.putAll(newer.facts);
        SequencedMap<String, String> lenders = new LinkedHashMap<>();
        for (String task : allTasks.keySet()) {
            (newer.tasks.containsKey(task) ? newer : this)
                    .scoredWith(task)
                    .ifPresent(lender -> lenders.put(task, lender));
        }
        return new Provenance(newer.identity, allTasks, allFacts).scoredWith(lenders);
    }

    private Map<?, ?> lenders() {
        return facts.get(SCORED_WITH) instanceof Map<?, ?> map ? map : Map.of();
    }
}
