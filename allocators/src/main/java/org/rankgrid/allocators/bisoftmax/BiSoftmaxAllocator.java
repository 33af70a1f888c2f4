package org.rankgrid.allocators.bisoftmax;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.rankgrid.numerics.BlockOrder;
import org.rankgrid.numerics.CappedShares;
import org.rankgrid.numerics.KeptShares;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * MoDeGPT's global allocation (Lin et al., arXiv 2408.09632): blocks lose shares by a softmax of their negated influence, so
 * that the block that changes the residual stream most loses least (ALGORITHMS D.6). Influence is that of ShortGPT, 1 minus
 * the mean cosine between the stream before and after the block; all layers of a block keep the same share.
 */
public final class BiSoftmaxAllocator implements Allocator {

    @Override
    public String id() {
        return "bi-softmax";
    }

    @Override
    public String summary() {
        return "Removes most from blocks that change the residual stream least, by a softmax (MoDeGPT).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.real(
                        "temperature",
                        0.001,
                        1000,
                        0.1,
                        "Temperature of the softmax; small ones remove from few blocks, large ones equally from all."),
                OptionSpec.real("cap", 0.01, 1, 0.8, "The largest share that a block may lose."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.SIMILARITIES);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        BlockOrder blocks = BlockOrder.of(allocation.layers());
        double[] removed = removed(
                allocation.budget().ratio().doubleValue(),
                blocks.measure(block -> 1 - allocation.statistics().block(block).cosine()),
                allocation.options().real("temperature"),
                allocation.options().real("cap"));
        return KeptShares.wish(allocation.layers(), layer -> 1 - removed[blocks.position(layer)]);
    }

    /** The removed share of every block; their mean is the ratio unless all of them reach the cap. */
    static double[] removed(double ratio, double[] influences, double temperature, double cap) {
        double least = Arrays.stream(influences).min().orElse(0);
        double[] weights = Arrays.stream(influences)
                .map(influence -> Math.exp((least - influence) / temperature))
                .toArray();
        return CappedShares.of(weights, ratio * influences.length, cap);
    }
}
