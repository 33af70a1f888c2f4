package org.rankgrid.allocators.atp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rankgrid.numerics.KeptShares;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * ATP's arithmetic progression (ICML 2025, in the form of the LEMS code): block b of B keeps R + beta (1/2 - b / (B - 1)), R the
 * kept share of all (ALGORITHMS D.9). The authors try eleven values of beta in [0, 2 min(R, 1 - R)] and keep the one with the
 * best perplexity; here beta is the option {@code tilt} times the largest, and a list of tilts in a grid is that search.
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
        return List.of(OptionSpec.real(
                "tilt",
                0,
                1,
                0.5,
                "Slope of the line, as a share of the largest that the ratio allows; 0 is uniform."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of();
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        double kept = allocation.budget().keptShare();
        double beta = allocation.options().real("tilt") * 2 * Math.min(kept, 1 - kept);
        int[] blocks =
                allocation.layers().stream().mapToInt(Layer::block).distinct().toArray();
        Map<Integer, Double> shares = new HashMap<>();
        for (int b = 0; b < blocks.length; b++) {
            double depth = blocks.length == 1 ? 0.5 : (double) b / (blocks.length - 1);
            shares.put(blocks[b], kept + beta * (0.5 - depth));
        }
        return KeptShares.wish(allocation.layers(), layer -> shares.getOrDefault(layer.block(), kept));
    }
}
