package org.rankgrid.allocators.lord;

import java.util.List;
import java.util.Set;
import org.rankgrid.numerics.KeptShares;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

/**
 * The allocation of the baseline LoRD in Bolaco (arXiv 2405.10616; ALGORITHMS B.4): v stays dense, q and k lose half as much
 * again as the ratio, all other layers the ratio.
 *
 * <p>It is published for ratios 0.2 (q and k lose 0.30) and 0.3 (0.45) and full attention. Both are the rule that q and k pay
 * for v: they lose the ratio times 1 + P(v) / P(q and k), which is 1.5 for matrices of one size. That line is followed for
 * other ratios and for grouped queries; past the point where nothing of q and k is left, the repair scales all layers down.
 */
public final class LordAllocator implements Allocator {

    @Override
    public String id() {
        return "lord";
    }

    @Override
    public String summary() {
        return "Leaves values dense; queries and keys pay for them, all else is uniform (LoRD in Bolaco).";
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of();
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        double ratio = allocation.budget().ratio().doubleValue();
        double values = parameters(allocation.layers(), Role.V);
        double queriesAndKeys = parameters(allocation.layers(), Role.Q) + parameters(allocation.layers(), Role.K);
        double queryAndKeyRatio = queriesAndKeys == 0 ? 0 : ratio * (1 + values / queriesAndKeys);
        return KeptShares.wish(allocation.layers(), layer -> switch (layer.role()) {
            case V -> 1;
            case Q, K -> 1 - queryAndKeyRatio;
            case O, GATE, UP, DOWN -> 1 - ratio;
        });
    }

    private static double parameters(List<Layer> layers, Role role) {
        return layers.stream()
                .filter(layer -> layer.role() == role)
                .mapToDouble(Layer::parameters)
                .sum();
    }
}
