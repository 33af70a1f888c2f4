package org.rankgrid.allocators.knapsack;

import java.util.List;
import java.util.Set;
import org.rankgrid.allocators.marginalgain.WeightedSpectra;
import org.rankgrid.numerics.Knapsack;
import org.rankgrid.numerics.Selection;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * Minimises the weighted sum of truncation errors exactly, over all ranks and the dense layers (ALGORITHMS D.2): the yardstick
 * for greedy choices of the same objective, which is itself only a stand-in for the loss.
 *
 * <p>The result records the weighted error, a lower bound and whether the two meet; they may not in models of many billion
 * parameters, where the program is cut short.
 */
public final class KnapsackAllocator implements Allocator {

    @Override
    public String id() {
        return "knapsack";
    }

    @Override
    public String summary() {
        return "Finds the ranks with the smallest weighted sum of truncation errors.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(WeightedSpectra.WEIGHT, WeightedSpectra.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        return WeightedSpectra.needs(options);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Selection best = Knapsack.within(allocation.budget().parameters(), WeightedSpectra.curves(allocation, true));
        return WeightedSpectra.wish(best).with("proven_best", best.provenBest());
    }
}
