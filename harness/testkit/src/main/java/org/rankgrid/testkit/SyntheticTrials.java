package org.rankgrid.testkit;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Scores of plans under a {@link SyntheticModel}, on eight sequences of sixteen predicted tokens; the questions are counted.
 */
public final class SyntheticTrials implements Trials {

    private static final int SEQUENCES = 8;
    private static final int TOKENS = 16;

    /** Validation text is other text than what gradients see. */
    private static final int FIRST_TEXT = 1000;

    private final SyntheticModel model;
    private final Set<RankPlan> plans = new HashSet<>();
    private int calls;

    /** Trials of a model. */
    SyntheticTrials(SyntheticModel model) {
        this.model = model;
    }

    /** How often a plan was scored or challenged. */
    public int calls() {
        return calls;
    }

    /** How many different plans were scored or challenged. */
    public int distinctPlans() {
        return plans.size();
    }

    @Override
    public int sequences() {
        return SEQUENCES;
    }

    @Override
    public Trial score(RankPlan plan, int sequences, boolean divergence) {
        count(plan, sequences);
        double[] nll = new double[sequences];
        double[] divergences = new double[divergence ? sequences : 0];
        for (int s = 0; s < sequences; s++) {
            nll[s] = model.loss(plan, FIRST_TEXT + s);
            if (divergence) {
                divergences[s] = TOKENS * (nll[s] - model.denseLoss(FIRST_TEXT + s));
            }
        }
        return new Trial(nll, divergences, true);
    }

    @Override
    public Trial challenge(RankPlan plan, Trial rival, double standardErrors) {
        if (!rival.complete()) {
            throw new IllegalArgumentException("the rival's trial stopped early");
        }
        int sequences = rival.nll().length;
        count(plan, sequences);
        double[] nll = new double[sequences];
        double sum = 0;
        double squares = 0;
        for (int s = 0; s < sequences; s++) {
            nll[s] = model.loss(plan, FIRST_TEXT + s);
            double difference = nll[s] - rival.nll()[s];
            sum += difference;
            squares += difference * difference;
            int n = s + 1;
            if (n >= 4 && n < sequences) {
                double mean = sum / n;
                double error = Math.sqrt(Math.max(0, squares / n - mean * mean) / (n - 1));
                if (mean > standardErrors * error) {
                    return new Trial(Arrays.copyOf(nll, n), new double[0], false);
                }
            }
        }
        return new Trial(nll, new double[0], true);
    }

    private void count(RankPlan plan, int sequences) {
        if (sequences < 1 || sequences > SEQUENCES) {
            throw new IllegalArgumentException(sequences + " sequences asked for, there are " + SEQUENCES);
        }
        plans.add(plan);
        calls++;
    }
}
