package org.rankgrid.engine.trial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Runs plans over validation sequences, one sequence at a time. The residual streams at the boundaries of blocks are kept for
 * the dense model and for a few plans scored before, so that a plan whose first blocks agree with one of them starts behind
 * those blocks, with the same bits.
 *
 * <p>Memory: up to a bound, sequences times length times hidden features times blocks floats a plan kept; where the streams
 * of three plans do not fit, the dense model's alone are kept, or none. Beside them the dense model's final hidden rows of
 * every sequence whose divergence was asked for.
 */
public final class TrialScorer implements AutoCloseable {

    /** Streams of more plans than this help little: searches move on. */
    private static final int MOST_PLANS = 8;

    private final Supplier<ComponentDecoder> decoder;
    private final Backend backend;
    private final List<int[]> sequences;
    private final long memory;
    private final KeptStreams streams;
    private final Scope references;
    private final Map<Integer, Tensor> denseHidden = new HashMap<>();
    private final List<RankPlan> recent = new ArrayList<>();
    private long reused;

    /**
     * A scorer.
     *
     * @param decoder loaded when first needed, and not closed here
     * @param sequences their tokens, at least two each
     * @param memory bytes that kept streams may take
     */
    public TrialScorer(Supplier<ComponentDecoder> decoder, Backend backend, List<int[]> sequences, long memory) {
        this.decoder = decoder;
        this.backend = backend;
        this.sequences = List.copyOf(sequences);
        this.memory = memory;
        this.streams = new KeptStreams(backend);
        this.references = backend.scope();
    }

    /**
     * The score of a sequence.
     *
     * @param nll mean negative log-likelihood of its predicted tokens; infinite if it is not finite
     * @param divergence summed over all its tokens, infinite if it is not finite; 0 if it was not asked for
     * @param tokens tokens that went through blocks for it
     * @param reused blocks that were passed over, as the stream behind them was known
     */
    record SequenceScore(double nll, double divergence, long tokens, long reused) {}

    /** Number of sequences. */
    int sequences() {
        return sequences.size();
    }

    /** Scores a plan on a sequence. */
    SequenceScore score(RankPlan plan, int sequence, boolean divergence) {
        int[] ids = sequences.get(sequence);
        PackedSequences packing = PackedSequences.ofLengths(ids.length);
        RankPlan dense = RankPlan.dense(plan.layers());
        long tokens = 0;
        reused = 0;
        if (divergence && !denseHidden.containsKey(sequence)) {
            denseHidden.put(sequence, run(dense, sequence, packing, references));
            tokens += ids.length;
        }
        try (Scope scope = backend.scope()) {
            Tensor hidden = run(plan, sequence, packing, scope);
            double nll = nll(hidden, ids);
            double sum = 0;
            if (divergence) {
                double[] divergences = new double[ids.length];
                decoder.get().divergences(hidden, reference(sequence), divergences);
                for (double value : divergences) {
                    sum += value;
                }
            }
            return new SequenceScore(nll, finite(sum), tokens + ids.length, reused);
        }
    }

    /**
     * Says that a question about a plan has been answered, and frees streams that are of little use.
     *
     * @param complete whether all of the sequences asked for were scored
     */
    void answered(RankPlan plan, boolean complete) {
        int blocks = decoder.get().spec().blocks();
        // The plan whose streams helped stays, so that neighbours of one plan are all scored from its streams.
        recent.stream()
                .max(Comparator.comparingInt(other -> KeptStreams.sharedBlocks(other, plan)))
                .ifPresent(this::toTheFront);
        if (complete) {
            toTheFront(plan);
        }
        long most = Math.clamp(plansThatFit() - 2, 0, MOST_PLANS);
        while (recent.size() > most) {
            recent.removeLast();
        }
        List<RankPlan> kept = new ArrayList<>(recent);
        kept.add(RankPlan.dense(plan.layers()));
        streams.retain(kept, blocks);
    }

    /** Frees all streams. */
    @Override
    public void close() {
        streams.close();
        references.close();
    }

    private void toTheFront(RankPlan plan) {
        recent.remove(plan);
        recent.addFirst(plan);
    }

    private Tensor reference(int sequence) {
        return Optional.ofNullable(denseHidden.get(sequence)).orElseThrow();
    }

    private double nll(Tensor hidden, int[] ids) {
        int predicted = ids.length - 1;
        int[] rows = new int[predicted];
        int[] targets = new int[predicted];
        for (int t = 0; t < predicted; t++) {
            rows[t] = t;
            targets[t] = ids[t + 1];
        }
        double[] logProbabilities = new double[predicted];
        decoder.get().logProbabilities(hidden, rows, targets, logProbabilities, new int[predicted]);
        double sum = 0;
        for (double logProbability : logProbabilities) {
            sum -= logProbability;
        }
        return finite(sum / predicted);
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
    }

    /** The final hidden rows of a sequence under a plan. */
    private Tensor run(RankPlan plan, int sequence, PackedSequences packing, Scope scope) {
        ComponentDecoder model = decoder.get();
        model.use(plan);
        int blocks = model.spec().blocks();
        int hidden = model.spec().hidden();
        boolean keeps = plansThatFit() >= 3 || (plansThatFit() >= 1 && plan.equals(RankPlan.dense(plan.layers())));
        try (Scope passing = backend.scope()) {
            int from = blocks;
            Optional<Tensor> known = streams.find(plan, sequence, from);
            while (known.isEmpty() && from > 0) {
                from--;
                known = from == 0 ? Optional.empty() : streams.find(plan, sequence, from);
            }
            Tensor[] spare = {passing.tensor(packing.tokens(), hidden), passing.tensor(packing.tokens(), hidden)};
            Tensor stream = known.orElse(spare[1]);
            if (known.isEmpty()) {
                model.embed(sequences.get(sequence), packing, stream);
            }
            int first = from;
            reused += first;
            for (int b = first; b < blocks; b++) {
                int block = b;
                Tensor entering = stream;
                if (keeps) {
                    stream = streams.keep(
                            plan,
                            sequence,
                            block + 1,
                            packing.tokens(),
                            hidden,
                            leaving -> model.forward(block, entering, leaving, packing));
                } else {
                    stream = spare[(block - first) % 2];
                    model.forward(block, entering, stream, packing);
                }
            }
            return model.finish(stream, scope);
        }
    }

    /** Of how many plans all streams fit into memory. */
    private long plansThatFit() {
        long tokens = sequences.stream().mapToLong(ids -> ids.length).sum();
        long plan =
                tokens * decoder.get().spec().hidden() * decoder.get().spec().blocks() * Float.BYTES;
        return memory / Math.max(1, plan);
    }
}
