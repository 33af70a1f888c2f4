package org.rankgrid.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How long a piece of work over a model took.
 *
 * @param model its name
 * @param work {@code eval} or {@code calibrate}
 * @param window tokens of a window or calibration sequence
 * @param tokens of one repetition
 * @param seconds of each repetition, in order
 */
record Timing(String model, String work, int window, long tokens, List<Double> seconds) {

    /** Copies the list, which holds one repetition at least. */
    Timing {
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("no repetition");
        }
        seconds = List.copyOf(seconds);
    }

    /** Tokens a second at the median; of an even number of repetitions the slower of the two in the middle. */
    double tokensPerSecond() {
        return tokens / seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    double fastest() {
        return tokens / seconds.stream().mapToDouble(s -> s).min().orElseThrow();
    }

    double slowest() {
        return tokens / seconds.stream().mapToDouble(s -> s).max().orElseThrow();
    }

    /** For a line of the history. */
    SequencedMap<String, Object> tree() {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("model", model);
        tree.put("work", work);
        tree.put("window", window);
        tree.put("tokens", tokens);
        tree.put("tokens_per_second", Provenance.rounded(tokensPerSecond()));
        tree.put("seconds", seconds.stream().map(Provenance::rounded).toList());
        return tree;
    }
}
