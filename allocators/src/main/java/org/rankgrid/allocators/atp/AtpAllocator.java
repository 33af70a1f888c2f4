package org.rankgrid.allocators.atp;

import java.util.List;
import java.util.Set;
import org.rankgrid.allocators.trial.GridSearch;
import org.rankgrid.allocators.trial.PlanScores;
import org.rankgrid.numerics.BlockOrder;
import org.rankgrid.numerics.KeptShares;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * ATP's arithmetic progression (ICML 2025, in the form of the LEMS code): block b of B keeps R + beta (1/2 - b / (B - 1)), R the
 * kept share of all (ALGORITHMS D.9). beta is the option {@code tilt} times the largest, 2 min(R, 1 - R). The authors try eleven
 * values at equal steps and keep the one with the best perplexity: that is {@code trials: 11}, on validation text (the lowest tilt
 * on ties).
 */
public final class AtpAllocator implements Allocator {

    @Override
    public String id() {
        return "atp";
    }

    @Override
    public String summary() {
        return "Keeps less of later blocks, in a straight line over the depth (ATP).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.real(
                        "tilt",
                        0,
                        1,
                        0.5,
                        "Slope of the line, as a share of the largest that the ratio allows; 0 is uniform."),
                OptionSpec.whole(
                        "trials", 0, 101, 0, "Tilts from 0 to 1 to try; with fewer than 2 the given one is taken."),
                PlanScores.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        return searches(options) ? Set.of(Need.TRIALS) : Set.of();
    }

    private static boolean searches(Options options) {
        return options.whole("trials") > 1;
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        if (!searches(options)) {
            return wish(allocation, options.real("tilt"));
        }
        return new GridSearch("tilt", Math.toIntExact(options.whole("trials")))
                .best(new PlanScores(allocation), tilt -> wish(allocation, tilt));
    }

    private static RankWish wish(Allocation allocation, double tilt) {
        double kept = allocation.budget().keptShare();
        double beta = tilt * 2 * Math.min(kept, 1 - kept);
        BlockOrder blocks = BlockOrder.of(allocation.layers());
        return KeptShares.wish(allocation.layers(), layer -> {
            double depth = blocks.count() == 1 ? 0.5 : (double) blocks.position(layer) / (blocks.count() - 1);
            return kept + beta * (0.5 - depth);
        });
    }
}
