package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.task.Answer.Likelihood;

/** One pass through the model: some sequences laid out one after the other, and which of their rows meet the vocabulary. */
final class Pass {

    private static final int NONE = -1;

    private final PackedSequences packing;
    private final int[] ids;
    private final int[] rows;
    private final int[] targets;

    /** Lays bundles out. */
    Pass(List<Bundle> bundles) {
        packing = packing(bundles);
        ids = new int[packing.tokens()];
        int predicted = bundles.stream()
                .flatMap(bundle -> bundle.sequences().stream())
                .mapToInt(TokenSequence::predicted)
                .sum();
        rows = new int[predicted];
        targets = new int[predicted];
        int packed = 0;
        int next = 0;
        for (Bundle bundle : bundles) {
            int shared = bundle.shared();
            int common = packing.start(packed);
            if (shared > 0) {
                System.arraycopy(bundle.sequences().getFirst().ids(), 0, ids, common, shared);
                packed++;
            }
            for (TokenSequence sequence : bundle.sequences()) {
                int own = packing.start(packed);
                System.arraycopy(sequence.ids(), shared, ids, own, packing.length(packed));
                for (int t = sequence.from(); t < sequence.ids().length; t++) {
                    int before = t - 1;
                    rows[next] = before < shared ? common + before : own + before - shared;
                    targets[next] = sequence.ids()[t];
                    next++;
                }
                packed++;
            }
        }
    }

    private static PackedSequences packing(List<Bundle> bundles) {
        List<Integer> lengths = new ArrayList<>();
        List<Integer> prefixes = new ArrayList<>();
        for (Bundle bundle : bundles) {
            int prefix = bundle.shared() > 0 ? lengths.size() : NONE;
            if (bundle.shared() > 0) {
                lengths.add(bundle.shared());
                prefixes.add(NONE);
            }
            for (TokenSequence sequence : bundle.sequences()) {
                lengths.add(sequence.rows() - bundle.shared());
                prefixes.add(prefix);
            }
        }
        return PackedSequences.continuing(array(lengths), array(prefixes));
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Rows that go through the model. */
    int tokens() {
        return packing.tokens();
    }

    /** Runs it. */
    Outcome run(Decoder decoder, Backend backend) {
        double[] logProbabilities = new double[rows.length];
        int[] best = new int[rows.length];
        try (Scope scope = backend.scope()) {
            Tensor hidden = decoder.hidden(ids, packing, scope);
            decoder.logProbabilities(hidden, rows, targets, logProbabilities, best);
        }
        return new Outcome(logProbabilities, best);
    }

    /** What came out, read sequence by sequence in the order of the bundles. */
    final class Outcome {

        private final double[] logProbabilities;
        private final int[] best;
        private int next;

        private Outcome(double[] logProbabilities, int[] best) {
            this.logProbabilities = logProbabilities;
            this.best = best;
        }

        /**
         * The likelihood of the next sequence's predicted tokens.
         *
         * @param name the sequence's, for the message
         * @throws NonFiniteException if a logit is not finite
         */
        Likelihood next(TokenSequence sequence, String name) {
            double sum = 0;
            boolean greedy = true;
            for (int t = sequence.from(); t < sequence.ids().length; t++) {
                if (!Double.isFinite(logProbabilities[next])) {
                    throw new NonFiniteException("the logits after token " + (t - 1) + " of " + name
                            + " are not finite: the model's numbers overflow there");
                }
                sum += logProbabilities[next];
                greedy &= best[next] == targets[next];
                next++;
            }
            return new Likelihood(sum, sequence.predicted(), greedy);
        }
    }
}
