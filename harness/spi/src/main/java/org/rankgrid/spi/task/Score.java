package org.rankgrid.spi.task;

import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * A score of a model on a task.
 *
 * @param task the task's id
 * @param metric {@code ppl}, {@code nll}, {@code acc}, {@code acc_norm}, ...
 * @param value the score
 * @param stderr its standard error, where one can be given
 * @param n number of items (windows, documents, questions) it is made of
 * @param protocol how it was measured: strings, whole numbers and flags by name
 */
public record Score(
        String task, String metric, double value, OptionalDouble stderr, int n, SequencedMap<String, Object> protocol) {

    /** Copies the protocol, keeping its order. */
    public Score {
        protocol = new LinkedHashMap<>(protocol);
    }
}
