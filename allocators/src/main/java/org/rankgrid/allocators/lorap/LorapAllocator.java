package org.rankgrid.allocators.lorap;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rankgrid.numerics.KeptShares;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.rank.Sublayer;

/**
 * The fixed rule of LoRAP (Li, Tang, Zhang, ICML 2024) for attention: v and o keep {@code factor} times the share of q and k;
 * where that is everything, v and o stay dense and q and k keep what is left (ALGORITHMS A.7).
 *
 * <p>LoRAP prunes channels of feed-forward networks; here they keep the uniform share. Its ranks are floors for square
 * matrices; these are the exact real ones, by parameters, so that grouped queries meet the budget too.
 */
public final class LorapAllocator implements Allocator {

    private static final Set<Role> RICH = EnumSet.of(Role.V, Role.O);

    @Override
    public String id() {
        return "lorap";
    }

    @Override
    public String summary() {
        return "Keeps three times as much of values and outputs as of queries and keys (LoRAP).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.real(
                "factor", 1, 100, 3, "How many times the share of queries and keys that values and outputs keep."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of();
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        double kept = allocation.budget().keptShare();
        double rich = parameters(allocation.layers(), true);
        double poor = parameters(allocation.layers(), false);
        double factor = allocation.options().real("factor");
        double poorShare = kept * (rich + poor) / (poor + factor * rich);
        boolean richDense = factor * poorShare >= 1;
        double richShare = richDense ? 1 : factor * poorShare;
        double left = richDense && poor > 0 ? (kept * (rich + poor) - rich) / poor : poorShare;
        return KeptShares.wish(allocation.layers(), layer -> {
            if (layer.role().sublayer() == Sublayer.FEED_FORWARD) {
                return kept;
            }
            return RICH.contains(layer.role()) ? richShare : left;
        });
    }

    private static double parameters(List<Layer> layers, boolean rich) {
        return layers.stream()
                .filter(layer -> layer.role().sublayer() == Sublayer.ATTENTION)
                .filter(layer -> RICH.contains(layer.role()) == rich)
                .mapToDouble(Layer::parameters)
                .sum();
    }
}
