package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rankgrid.spi.task.Request;

/** How the tokens of a passage become windows. */
final class PassageCut {

    private final Encoder encoder;

    PassageCut(Encoder encoder) {
        this.encoder = encoder;
    }

    /** The tokens that are cut. */
    int[] stream(Request.Passage passage) {
        return switch (passage.cut()) {
            case CONCAT, DOCUMENT -> encoder.encode(passage.text(), passage.bos());
            case ROLLING -> encoder.encodeOnce(passage.text(), passage.bos());
        };
    }

    /** How many windows a stream gives; those of a rolled document are one. */
    static int count(Request.Cut cut, int tokens, int window) {
        return cut == Request.Cut.CONCAT ? tokens / window : 1;
    }

    /** The sequences of one window; none where it predicts nothing. */
    List<TokenSequence> window(Request.Cut cut, int[] stream, int window, int index) {
        if (cut == Request.Cut.ROLLING) {
            return stream.length == 0 ? List.of() : rolling(stream, encoder.prefix(), window);
        }
        int from = index * window;
        int to = Math.min(stream.length, from + window);
        return to - from < 2 ? List.of() : List.of(TokenSequence.window(Arrays.copyOfRange(stream, from, to)));
    }

    /**
     * Every token predicted once, by windows of at most so many tokens: the first after a prefix token, the next from the
     * token before it, the last with as much before it as fits ({@code get_rolling_token_windows} of
     * lm-evaluation-harness with a context of one token).
     *
     * @param stream at least one token
     */
    static List<TokenSequence> rolling(int[] stream, int prefix, int window) {
        List<TokenSequence> windows = new ArrayList<>();
        int predicted = Math.min(window, stream.length);
        windows.add(TokenSequence.window(Encoder.joined(new int[] {prefix}, Arrays.copyOf(stream, predicted))));
        while (predicted < stream.length) {
            int next = Math.min(window, stream.length - predicted);
            int end = predicted + next;
            windows.add(new TokenSequence(Arrays.copyOfRange(stream, end - window - 1, end), window + 1 - next));
            predicted = end;
        }
        return windows;
    }
}
