package org.rankgrid.results.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** The answer to one item of a task, as the log keeps it: what paired comparisons are made from. */
public sealed interface Item {

    /** The task. */
    String task();

    /** The item's number within the task, from 0, in file order. */
    int index();

    /**
     * A window or document of a perplexity task.
     *
     * @param task the task
     * @param index counts windows or documents from 0
     * @param tokens predicted tokens
     * @param nll mean negative log-likelihood of them, nats
     */
    record Window(String task, int index, int tokens, double nll) implements Item {}

    /**
     * An item of a choice task.
     *
     * @param task the leaf task
     * @param index the item's number within it, from 0, in file order
     * @param loglikelihoods of the continuations, natural logarithms
     * @param gold index of the right one
     * @param metrics value of the item by metric: {@code acc}, {@code acc_norm}, ...
     */
    record Choice(String task, int index, List<Double> loglikelihoods, int gold, SequencedMap<String, Double> metrics)
            implements Item {

        private static final Set<String> TAKEN = Set.of("task", "index", "loglikelihood", "gold");

        /**
         * Copies both collections.
         *
         * @throws IllegalArgumentException if gold is none of the continuations, or a metric is named like another component
         */
        public Choice {
            if (gold < 0 || gold >= loglikelihoods.size()) {
                throw new IllegalArgumentException("item " + index + " of " + task + " has " + loglikelihoods.size()
                        + " continuations, none is " + gold);
            }
            if (!Collections.disjoint(TAKEN, metrics.keySet())) {
                throw new IllegalArgumentException("a metric of " + task + " is named like one of " + TAKEN);
            }
            loglikelihoods = List.copyOf(loglikelihoods);
            metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
        }
    }
}
