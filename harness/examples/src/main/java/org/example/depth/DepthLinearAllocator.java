package org.example.depth;

import java.util.List;
import java.util.Set;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/** Keeps a share that falls linearly with depth, as ATP (ICML 2025) does: r_b = R + beta (1/2 - b / (B - 1)). */
public final class DepthLinearAllocator implements Allocator {

    @Override
    public String id() {
        return "depth-linear";
    }

    @Override
    public String summary() {
        return "Keeps more of early blocks than of late ones, falling linearly with depth (ATP).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.real("tilt", 0, 1, 0.5, "Beta as a share of the largest, 2 min(1 - R, R)."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of();
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        double kept = allocation.budget().keptShare();
        double beta = allocation.options().real("tilt") * 2 * Math.min(1 - kept, kept);
        int last = allocation.layers().stream().mapToInt(Layer::block).max().orElse(0);
        return new RankWish(allocation.layers().stream()
                .mapToDouble(layer -> {
                    double depth = last == 0 ? 0.5 : (double) layer.block() / last;
                    double share = Math.clamp(kept + beta * (0.5 - depth), 0, 1);
                    return share == 1 ? RankWish.DENSE : share * layer.breakEvenRank();
                })
                .toArray());
    }
}
