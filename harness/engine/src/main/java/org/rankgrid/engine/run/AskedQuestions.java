package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rankgrid.engine.grid.TextSample;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Counts what the answers to an allocator's questions would cost. What was asked before, by any of the allocators of one
 * decomposition, costs nothing again; a trial starts behind the blocks that it shares with one of the last ones.
 */
final class AskedQuestions {

    /** So many plans' streams are taken to be kept. */
    private static final int RECENT = 8;

    private final Price price;
    private final int blocks;
    private final TextSample calibration;
    private final TextSample validation;
    private final Set<Object> answered = new HashSet<>();
    private final List<RankPlan> recent = new ArrayList<>();
    private final List<Work> work = new ArrayList<>();
    private long deadline;

    /**
     * Nothing asked yet.
     *
     * @param calibration what gradients and masks are measured on
     * @param validation what trials are scored on
     */
    AskedQuestions(Price price, int blocks, TextSample calibration, TextSample validation) {
        this.price = price;
        this.blocks = blocks;
        this.calibration = calibration;
        this.validation = validation;
    }

    /** Ends a rehearsal that takes too long. */
    static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record Sequence(RankPlan plan, int number, boolean divergence) {}

    private record Fisher(int first, int count) {}

    private record Gradient(RankPlan plan, int first, int count) {}

    TextSample calibration() {
        return calibration;
    }

    TextSample validation() {
        return validation;
    }

    /**
     * Begins to count for the next allocator.
     *
     * @param nanos how long it may ask
     */
    void begin(long nanos) {
        work.clear();
        deadline = System.nanoTime() + nanos;
    }

    /** The work that the questions since the beginning make. */
    List<Work> work() {
        return List.copyOf(work);
    }

    void fisher(int first, int count) {
        goOn();
        if (answered.add(new Fisher(first, count))) {
            differentiate((double) count * calibration.length(), false);
        }
    }

    void components(RankPlan plan, int first, int count) {
        goOn();
        if (answered.add(new Gradient(plan, first, count))) {
            differentiate((double) count * calibration.length(), true);
        }
    }

    void masks(MaskObjective.Batch batch) {
        goOn();
        int tokens = batch.sequences() * batch.length();
        work.add(new Work(Work.Kind.MASK_STEPS, tokens, price.training(tokens, batch.length(), true)));
    }

    void trial(RankPlan plan, int sequences, boolean divergence) {
        goOn();
        int shared = 0;
        for (RankPlan other : recent) {
            shared = Math.max(shared, sharedBlocks(other, plan));
        }
        int length = validation.length();
        double share = 1 - (double) Math.min(shared, blocks) / blocks;
        double parameters = plan.parameters();
        int news = 0;
        for (int s = 0; s < sequences; s++) {
            news += answered.add(new Sequence(plan, s, divergence)) ? 1 : 0;
        }
        if (news > 0) {
            double rows = (divergence ? 3.0 : 1.0) * news * length;
            work.addAll(price.trials(parameters, share * news * length, rows, length));
            recent.remove(plan);
            recent.addFirst(plan);
            if (recent.size() > RECENT) {
                recent.removeLast();
            }
        }
    }

    private void differentiate(double tokens, boolean components) {
        int length = calibration.length();
        work.add(new Work(Work.Kind.GRADIENTS, length, price.training(tokens, length, components)));
    }

    private void goOn() {
        if (System.nanoTime() > deadline) {
            throw new TooManyException();
        }
    }

    /** Over how many blocks, from the first, two plans agree. */
    private static int sharedBlocks(RankPlan a, RankPlan b) {
        List<Layer> layers = a.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (a.rank(i) != b.rank(i)) {
                return layers.get(i).block();
            }
        }
        return Integer.MAX_VALUE;
    }
}
