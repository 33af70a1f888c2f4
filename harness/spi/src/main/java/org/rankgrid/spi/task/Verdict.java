package org.rankgrid.spi.task;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How one answered item counts.
 *
 * @param gold index of the right continuation
 * @param metrics value of the item by metric: {@code acc}, {@code acc_norm}, ...
 */
public record Verdict(int gold, SequencedMap<String, Double> metrics) {

    /** Copies the metrics, keeping their order. */
    public Verdict {
        metrics = new LinkedHashMap<>(metrics);
    }
}
