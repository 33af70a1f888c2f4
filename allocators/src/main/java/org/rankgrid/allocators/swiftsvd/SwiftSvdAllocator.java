package org.rankgrid.allocators.swiftsvd;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rankgrid.allocators.trial.GridSearch;
import org.rankgrid.allocators.trial.PlanScores;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * Swift-SVD's dynamic allocation (arXiv 2604.01609; ALGORITHMS D.10): within each type of layer, half the uniform rank
 * goes to all, the rest in proportion to {@code influence^alpha loss^(1 - alpha)}: the block's influence, stretched to
 * [1, 2], and the logarithm of e plus the layer's reconstruction loss at the uniform rank. Nothing moves between types.
 *
 * <p>alpha is tried at equal steps from 0 to 1, and the value whose plan, repaired to the budget, has the lowest
 * perplexity on validation text is taken (the lowest alpha on ties); with {@code trials: 0} it is the option.
 */
public final class SwiftSvdAllocator implements Allocator {

    @Override
    public String id() {
        return "swift-svd";
    }

    @Override
    public String summary() {
        return "Shares ranks within each layer type by block influence and reconstruction loss (Swift-SVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.whole(
                        "trials", 0, 101, 11, "Values of alpha from 0 to 1 to try; with fewer than 2 alpha is taken."),
                OptionSpec.real("alpha", 0, 1, 0.5, "Weight of block influence against loss, if it is not searched."),
                OptionSpec.real("delta", 0, 1, 0.5, "The share of the uniform rank that every layer keeps."),
                PlanScores.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        Set<Need> needs = EnumSet.of(Need.SPECTRA, Need.SIMILARITIES);
        if (searches(options)) {
            needs.add(Need.TRIALS);
        }
        return needs;
    }

    private static boolean searches(Options options) {
        return options.whole("trials") > 1;
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        TypeShares shares = new TypeShares(allocation, options.real("delta"));
        if (!searches(options)) {
            return shares.wish(options.real("alpha"));
        }
        return new GridSearch("alpha", Math.toIntExact(options.whole("trials")))
                .best(new PlanScores(allocation), shares::wish);
    }
}
