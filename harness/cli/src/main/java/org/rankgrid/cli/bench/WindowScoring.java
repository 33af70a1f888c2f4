package org.rankgrid.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.Scorer;
import org.rankgrid.engine.score.TokenRequests;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;

/** Scores every token of some windows but the first of each, as {@code eval} does, again and again. */
public final class WindowScoring {

    private final Backend backend;
    private final Decoder decoder;
    private final TokenRequests requests;

    /**
     * A scoring.
     *
     * @param windows their tokens, at least two each
     */
    public WindowScoring(Backend backend, Decoder decoder, List<int[]> windows) {
        this.backend = backend;
        this.decoder = decoder;
        requests = TokenRequests.ofWindows(windows);
    }

    /**
     * The first windows of a corpus, tokenised as one text.
     *
     * @param window tokens of each
     * @param count how many
     * @throws InputException if the corpus is too short
     */
    public static List<int[]> windows(
            Checkpoint checkpoint, DataLibrary corpora, String corpus, int window, int count) {
        int[] stream = checkpoint.tokenizer().encode(corpora.joined(corpus), true);
        if ((long) count * window > stream.length) {
            throw new InputException("the corpus " + corpus + " has " + stream.length + " tokens of "
                    + checkpoint.name() + ", fewer than " + count + " windows of " + window + ": ask for fewer");
        }
        List<int[]> windows = new ArrayList<>();
        for (int w = 0; w < count; w++) {
            windows.add(Arrays.copyOfRange(stream, w * window, (w + 1) * window));
        }
        return windows;
    }

    /** Tokens that go through the model; the last of a window, which predicts nothing, does not. */
    public long tokens() {
        return Batching.DEFAULT.tokens(requests);
    }

    /** Tokens predicted. */
    public long predicted() {
        return requests.predicted();
    }

    /**
     * Scores all windows.
     *
     * @return the mean negative log-likelihood of a predicted token, in nats
     */
    public double run() {
        double sum = 0;
        for (Answer answer : new Scorer(backend, Batching.DEFAULT).score(decoder, requests, Progress.NONE, "windows")) {
            if (answer instanceof Answer.Window window) {
                sum += window.nll() * window.tokens();
            }
        }
        return sum / predicted();
    }
}
