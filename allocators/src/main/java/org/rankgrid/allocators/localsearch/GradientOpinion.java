package org.rankgrid.allocators.localsearch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rankgrid.allocators.components.ComponentScore;
import org.rankgrid.allocators.components.Expansion;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.rank.RankPlan;

/** Expands the loss around the plan, first-order terms included: one backward pass for every new plan it is asked about. */
final class GradientOpinion implements Opinion {

    private static final Expansion EXPANSION = new Expansion(ComponentScore.KFAC, true, 0);

    private final Gradients gradients;
    private final int sequences;
    private @Nullable RankPlan last;
    private List<double[]> errors = List.of();

    /** An opinion from so many calibration sequences, or as many as there are. */
    GradientOpinion(Gradients gradients, int sequences) {
        this.gradients = gradients;
        this.sequences = Math.min(sequences, gradients.sequences());
    }

    @Override
    public List<double[]> near(RankPlan plan) {
        if (last == null || !plan.equals(last)) {
            errors = EXPANSION.errors(plan, gradients.components(plan, 0, sequences));
            last = plan;
        }
        return errors;
    }
}
