package org.rankgrid.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.rankgrid.cli.bench.Provenance;

/**
 * One figure of each round of a measurement.
 *
 * @param values one at least, in the order of the rounds
 */
record Spread(List<Double> values) {

    /** Copies the list. */
    Spread {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no round");
        }
        values = List.copyOf(values);
    }

    /** The one in the middle; of an even number the smaller of the two there. */
    double median() {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    double lowest() {
        return values.stream().mapToDouble(value -> value).min().orElseThrow();
    }

    double highest() {
        return values.stream().mapToDouble(value -> value).max().orElseThrow();
    }

    /** 1.03 (0.99 to 1.08). */
    String text() {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", median(), lowest(), highest());
    }

    /** For a line of the history. */
    SequencedMap<String, Object> tree() {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("median", Provenance.rounded(median()));
        tree.put("lowest", Provenance.rounded(lowest()));
        tree.put("highest", Provenance.rounded(highest()));
        return tree;
    }
}
