package org.rankgrid.allocators.iprs;

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
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

/**
 * IPRS of FLAT-LLM (Tian et al., arXiv 2505.23966): importance-preserving rank selection. A block keeps a share in proportion
 * to the mean angle between the residual stream before and after it; what would be more than everything goes to the others
 * (ALGORITHMS D.6).
 *
 * <p>With {@code dense-qk} queries and keys stay dense and the other layers pay for them, as in the authors' main results. A
 * ratio at which they cannot pay is allocated without it, and recorded.
 */
public final class IprsAllocator implements Allocator {

    private static final String DENSE_QK = "dense-qk";

    @Override
    public String id() {
        return "iprs";
    }

    @Override
    public String summary() {
        return "Keeps shares of blocks in proportion to the angle they turn the residual stream by (FLAT-LLM).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.flag(DENSE_QK, false, "Leave queries and keys dense; the other layers pay for them."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.SIMILARITIES);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        List<Layer> layers = allocation.layers();
        double ratio = allocation.budget().ratio().doubleValue();
        boolean asked = allocation.options().flag(DENSE_QK);
        double beside = keptBesideQueriesAndKeys(ratio, layers);
        boolean denseQk = asked && beside > 0;
        BlockOrder blocks = BlockOrder.of(layers);
        double[] kept = kept(
                denseQk ? beside : 1 - ratio,
                blocks.measure(block -> allocation.statistics().block(block).angle()));
        RankWish wish =
                KeptShares.wish(layers, layer -> denseQk && queryOrKey(layer) ? 1 : kept[blocks.position(layer)]);
        return asked ? wish.with("dense_qk", denseQk) : wish;
    }

    /** The kept share of every block; their mean is the share asked for. */
    static double[] kept(double share, double[] angles) {
        return CappedShares.of(angles, share * angles.length, 1);
    }

    /** What the other layers may keep if queries and keys stay dense; not positive if they cannot pay. */
    static double keptBesideQueriesAndKeys(double ratio, List<Layer> layers) {
        double all = layers.stream().mapToDouble(Layer::parameters).sum();
        double queriesAndKeys = layers.stream()
                .filter(IprsAllocator::queryOrKey)
                .mapToDouble(Layer::parameters)
                .sum();
        return all == queriesAndKeys ? 0 : ((1 - ratio) * all - queriesAndKeys) / (all - queriesAndKeys);
    }

    private static boolean queryOrKey(Layer layer) {
        return layer.role() == Role.Q || layer.role() == Role.K;
    }
}
