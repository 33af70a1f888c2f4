package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.rankgrid.engine.Progress;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.task.Answer;

/** Runs windows through a decoder, several in one pass. How they are packed changes no bit of an answer. */
public final class Scorer {

    /** Tokens of a pass where no batch size is asked for: enough rows to keep the kernels busy, few enough to stay small. */
    private static final int TOKENS_PER_PASS = 2048;

    private final Backend backend;
    private final OptionalInt batch;

    /**
     * A scorer.
     *
     * @param batch windows in one pass; empty to fill a pass up to 2048 tokens
     */
    public Scorer(Backend backend, OptionalInt batch) {
        this.backend = backend;
        this.batch = batch;
    }

    /**
     * The answers to some windows, in their order.
     *
     * @throws NonFiniteException if a logit is not finite
     */
    public List<Answer> score(Decoder decoder, Windows windows, Progress progress, String title) {
        List<Answer> answers = new ArrayList<>(windows.windows().size());
        try (Progress.Step step = progress.begin(title, windows.tokens(), "tokens")) {
            for (List<Windows.Window> pass : passes(windows.windows())) {
                answers.addAll(score(decoder, pass));
                step.advance(
                        pass.stream().mapToLong(window -> window.ids().length).sum());
            }
        }
        return answers;
    }

    private List<List<Windows.Window>> passes(List<Windows.Window> windows) {
        List<List<Windows.Window>> passes = new ArrayList<>();
        List<Windows.Window> pass = new ArrayList<>();
        int tokens = 0;
        for (Windows.Window window : windows) {
            boolean full = batch.isPresent()
                    ? pass.size() >= batch.getAsInt()
                    : tokens + window.ids().length > TOKENS_PER_PASS;
            if (full && !pass.isEmpty()) {
                passes.add(pass);
                pass = new ArrayList<>();
                tokens = 0;
            }
            pass.add(window);
            tokens += window.ids().length;
        }
        if (!pass.isEmpty()) {
            passes.add(pass);
        }
        return passes;
    }

    private List<Answer> score(Decoder decoder, List<Windows.Window> pass) {
        PackedSequences packing = PackedSequences.ofLengths(
                pass.stream().map(window -> window.ids().length).toList());
        int predicted = pass.stream().mapToInt(Windows.Window::predicted).sum();
        int[] ids = new int[packing.tokens()];
        int[] rows = new int[predicted];
        int[] targets = new int[predicted];
        int next = 0;
        for (int s = 0; s < pass.size(); s++) {
            int[] window = pass.get(s).ids();
            System.arraycopy(window, 0, ids, packing.start(s), window.length);
            for (int t = 0; t + 1 < window.length; t++) {
                rows[next] = packing.start(s) + t;
                targets[next] = window[t + 1];
                next++;
            }
        }
        double[] logProbabilities = new double[predicted];
        try (Scope scope = backend.scope()) {
            Tensor hidden = decoder.hidden(ids, packing, scope);
            decoder.logProbabilities(hidden, rows, targets, logProbabilities, new int[predicted]);
        }
        List<Answer> answers = new ArrayList<>(pass.size());
        int from = 0;
        for (Windows.Window window : pass) {
            double sum = 0;
            for (int t = 0; t < window.predicted(); t++) {
                double logProbability = logProbabilities[from + t];
                if (!Double.isFinite(logProbability)) {
                    throw new NonFiniteException("the logits after token " + t + " of window " + window.index()
                            + " are not finite: the model's numbers overflow there");
                }
                sum -= logProbability;
            }
            answers.add(new Answer.Window(window.index(), window.predicted(), sum / window.predicted()));
            from += window.predicted();
        }
        return answers;
    }
}
