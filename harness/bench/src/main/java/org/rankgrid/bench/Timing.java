package org.rankgrid.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.rankgrid.cli.bench.Provenance;

/**
 * How long a piece of work over a model took.
 *
 * @param model its name
 * @param work its word: {@code eval}, {@code calibrate}, ...
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

    /** Tokens a second of the fastest repetition. */
    double fastest() {
        return tokens / seconds.stream().mapToDouble(s -> s).min().orElseThrow();
    }

    /** Tokens a second of the slowest repetition. */
    double slowest() {
        return tokens / seconds.stream().mapToDouble(s -> s).max().orElseThrow();
    }

    /** Seconds a token as a multiple of another's, round by round. */
    Spread timesTheCostOf(Timing other) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            times.add(seconds.get(i) / tokens / (other.seconds.get(i) / other.tokens));
        }
        return new Spread(times);
    }

    /** For a person. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%-16s %-16s %s  %8.0f tokens/s (median of %d; %.0f to %.0f)",
                model,
                work,
                window == 0 ? " ".repeat(11) : String.format(Locale.ROOT, "window %4d", window),
                tokensPerSecond(),
                seconds.size(),
                slowest(),
                fastest());
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
