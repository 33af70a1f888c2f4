package org.rankgrid.allocators.uniform;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * The same kept share for every layer: the baseline of practically every paper (SVD-LLM, arXiv 2403.07378; ALGORITHMS D.1).
 *
 * <p>Papers round m n (1 - ratio) / (m + n) down and so miss their budget by up to one rank a layer. This one wishes the
 * exact real rank and leaves rounding to the repair.
 */
public final class UniformAllocator implements Allocator {

    @Override
    public String id() {
        return "uniform";
    }

    @Override
    public String summary() {
        return "Keeps the same share of every layer.";
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of();
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        BigDecimal kept = BigDecimal.ONE.subtract(allocation.budget().ratio());
        return new RankWish(allocation.layers().stream()
                .mapToDouble(layer -> rank(layer, kept))
                .toArray());
    }

    private static double rank(Layer layer, BigDecimal kept) {
        return kept.multiply(BigDecimal.valueOf(layer.parameters()))
                .divide(BigDecimal.valueOf(layer.costOfRank()), MathContext.DECIMAL128)
                .doubleValue();
    }
}
