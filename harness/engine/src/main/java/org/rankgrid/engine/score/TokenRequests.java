package org.rankgrid.engine.score;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.text.Tokenizer;

/**
 * A task's requests as one model reads them.
 *
 * @param requests in order; a window of one token predicts nothing and is left out, its index stays unused
 * @param facts about the streams they were cut from
 * @param truncation a sentence on the first context that was cut on the left, and how many more were; empty if none was
 */
public record TokenRequests(List<TokenRequest> requests, StreamFacts facts, Optional<String> truncation) {

    /** Copies the list. */
    public TokenRequests {
        requests = List.copyOf(requests);
    }

    /** Requests of which no context was cut. */
    public TokenRequests(List<TokenRequest> requests, StreamFacts facts) {
        this(requests, facts, Optional.empty());
    }

    /**
     * Tokenises and cuts.
     *
     * @param task the task's id, for messages
     * @param positions how many tokens the model takes at once
     * @param limit only so many windows or documents, and so many items of each leaf task, the first
     * @throws InputException if nothing is left to predict, or a window or continuation is longer than the model takes
     */
    public static TokenRequests of(
            String task, List<Request> requests, Tokenizer tokenizer, int positions, OptionalInt limit) {
        return new Tokenization(task, tokenizer, positions, limit).of(requests);
    }

    /** Windows that are there already, of at least two tokens each. */
    public static TokenRequests ofWindows(List<int[]> windows) {
        return new TokenRequests(
                IntStream.range(0, windows.size())
                        .<TokenRequest>mapToObj(
                                i -> new TokenRequest.Window(i, List.of(TokenSequence.window(windows.get(i)))))
                        .toList(),
                new StreamFacts(windows.stream().mapToLong(ids -> ids.length).sum(), "none", false, 0));
    }

    /** The sequences of all requests. */
    public Stream<TokenSequence> sequences() {
        return requests.stream().flatMap(request -> request.sequences().stream());
    }

    /** Tokens predicted. */
    public long predicted() {
        return sequences().mapToLong(TokenSequence::predicted).sum();
    }

    /** Tokens of the longest sequence that go through the model. */
    public int longest() {
        return sequences().mapToInt(TokenSequence::rows).max().orElse(0);
    }

    /** Length of the sequence that a token finds itself in, on average over all tokens. */
    public int typicalLength() {
        double tokens = 0;
        double squares = 0;
        for (TokenSequence sequence : (Iterable<TokenSequence>) sequences()::iterator) {
            tokens += sequence.rows();
            squares += (double) sequence.rows() * sequence.rows();
        }
        return tokens == 0 ? 0 : (int) Math.round(squares / tokens);
    }
}
