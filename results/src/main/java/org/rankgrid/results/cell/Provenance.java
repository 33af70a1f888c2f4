package org.rankgrid.results.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
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
}
