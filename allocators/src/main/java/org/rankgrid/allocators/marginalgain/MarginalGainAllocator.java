package org.rankgrid.allocators.marginalgain;

import java.util.List;
import java.util.Set;
import org.rankgrid.numerics.LowerHull;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * Minimises the weighted sum of truncation errors greedily: the component that saves most error a parameter comes first
 * (ALGORITHMS D.2, MG). With {@code dense} the steps are those of the convex hulls of cost and error, of which the jump to the
 * dense layer is one; without it every layer is factored.
 *
 * <p>The result records the weighted error and a Lagrangian lower bound of it. Weights {@code fisher} are one backward pass's
 * mean squared gradient of the loss with respect to the layer's output.
 */
public final class MarginalGainAllocator implements Allocator {

    @Override
    public String id() {
        return "marginal-gain";
    }

    @Override
    public String summary() {
        return "Takes components in the order of the weighted error they save a parameter.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                WeightedSpectra.WEIGHT,
                OptionSpec.flag(
                        "dense", true, "Whether a layer may stay dense; false holds all ranks below break-even."),
                WeightedSpectra.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        return WeightedSpectra.needs(options);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        boolean dense = allocation.options().flag("dense");
        return WeightedSpectra.wish(
                LowerHull.within(allocation.budget().parameters(), WeightedSpectra.curves(allocation, dense)));
    }
}
