package org.rankgrid.engine.gradient;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.decoder.GradientObserver;
import org.rankgrid.spi.compute.PackedSequences;

/** Runs sequences through a model forward and backward, several in one pass, always packed the same way. */
public final class SequencePasses {

    /** Tokens of a pass: enough rows to keep the kernels busy, few enough for the activations of a block to stay small. */
    private static final int TOKENS_PER_PASS = 2048;

    private SequencePasses() {}

    /**
     * Sequences that share a pass.
     *
     * @param sequences their tokens
     * @param packing how the rows of the pass divide into them
     */
    public record Pass(List<int[]> sequences, PackedSequences packing) {

        private int[] ids() {
            int[] ids = new int[packing.tokens()];
            for (int s = 0; s < sequences.size(); s++) {
                System.arraycopy(sequences.get(s), 0, ids, packing.start(s), sequences.get(s).length);
            }
            return ids;
        }
    }

    /** What watches the gradients of each pass. */
    public interface Watch {

        /** The observer of one pass. */
        GradientObserver of(Pass pass);
    }

    /**
     * Differentiates the summed next-token loss of every sequence.
     *
     * @return the summed log-probability of all predicted tokens
     */
    public static double run(ComponentDecoder decoder, List<int[]> sequences, Watch watch) {
        double sum = 0;
        for (Pass pass : passes(sequences)) {
            for (double logProbability : decoder.differentiate(pass.ids(), pass.packing(), 1, watch.of(pass))) {
                sum += logProbability;
            }
        }
        return sum;
    }

    private static List<Pass> passes(List<int[]> sequences) {
        List<Pass> passes = new ArrayList<>();
        List<int[]> pass = new ArrayList<>();
        int tokens = 0;
        for (int[] ids : sequences) {
            if (!pass.isEmpty() && tokens + ids.length > TOKENS_PER_PASS) {
                passes.add(pass(pass));
                pass = new ArrayList<>();
                tokens = 0;
            }
            pass.add(ids);
            tokens += ids.length;
        }
        if (!pass.isEmpty()) {
            passes.add(pass(pass));
        }
        return passes;
    }

    private static Pass pass(List<int[]> sequences) {
        return new Pass(
                sequences,
                PackedSequences.ofLengths(
                        sequences.stream().map(ids -> ids.length).toList()));
    }
}
