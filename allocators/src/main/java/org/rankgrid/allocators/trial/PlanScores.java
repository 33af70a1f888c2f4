package org.rankgrid.allocators.trial;

import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/** Scores plans on the first validation sequences, as many as the option {@link #SEQUENCES} says. */
public final class PlanScores {

    /** How many validation sequences a trial scores; 0 for all. */
    public static final OptionSpec SEQUENCES =
            OptionSpec.whole("sequences", 0, 1_000_000, 0, "Validation sequences that a trial scores; 0 takes all.");

    private final Allocation allocation;
    private final Trials trials;
    private final int sequences;

    /**
     * The scores that an allocation can ask for.
     *
     * @throws InputException if more sequences are asked for than there are
     */
    public PlanScores(Allocation allocation) {
        this.allocation = allocation;
        this.trials = allocation.statistics().trials();
        long wanted = allocation.options().whole(SEQUENCES.name());
        if (wanted > trials.sequences()) {
            throw new InputException("Option 'sequences' of an allocator is " + wanted
                    + ", but the validation text has " + trials.sequences()
                    + " sequences: ask for fewer, or raise 'sequences' under 'validation'.");
        }
        this.sequences = wanted == 0 ? trials.sequences() : (int) wanted;
    }

    /** The plan that the engine would make of a wish. */
    public RankPlan repaired(RankWish wish) {
        return Apportionment.repair(allocation.budget(), allocation.layers(), wish);
    }

    /**
     * Mean negative log-likelihood of the predicted tokens under a plan, in nats.
     *
     * @throws IllegalStateException if it is not finite
     */
    public double nll(RankPlan plan) {
        return finite(trials.score(plan, sequences, false).meanNll(), plan);
    }

    /**
     * Divergence D(compressed || dense) of a plan, in nats, summed over the tokens of a sequence, mean over sequences.
     *
     * @throws IllegalStateException if it is not finite
     */
    public double divergence(RankPlan plan) {
        return finite(trials.score(plan, sequences, true).meanDivergence(), plan);
    }

    /** A trial of a plan with both likelihood and divergence. */
    public Trial both(RankPlan plan) {
        Trial trial = trials.score(plan, sequences, true);
        finite(trial.meanNll() + trial.meanDivergence(), plan);
        return trial;
    }

    private static double finite(double score, RankPlan plan) {
        if (!Double.isFinite(score)) {
            throw new IllegalStateException("the trial of a plan scored " + score + ": " + plan);
        }
        return score;
    }
}
