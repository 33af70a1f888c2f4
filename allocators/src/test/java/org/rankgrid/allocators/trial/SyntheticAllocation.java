package org.rankgrid.allocators.trial;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

/**
 * What an allocator wished for a made-up model, and how good that is.
 *
 * @param budget what could be kept
 * @param layers the model's layers
 * @param statistics what it was given
 * @param wish what it wished
 */
public record SyntheticAllocation(Budget budget, List<Layer> layers, SyntheticStatistics statistics, RankWish wish) {

    /** The allocation of an allocator with some options, the rest by default. */
    public static SyntheticAllocation of(
            Allocator allocator, List<Layer> layers, String ratio, Map<String, Object> given, long seed) {
        Budget budget = Budget.of(new BigDecimal(ratio), layers);
        Options options = Options.of(allocator.options(), given);
        SyntheticStatistics statistics =
                new SyntheticStatistics(allocator.needs(options), layers, Kind.REALISTIC, budget);
        RankWish wish = allocator.allocate(new Allocation(budget, layers, statistics, options, seed));
        return new SyntheticAllocation(budget, layers, statistics, wish);
    }

    /** The plan that is run. */
    public RankPlan plan() {
        return Apportionment.repair(budget, layers, wish);
    }

    /** The model's loss under the plan. */
    public double loss() {
        return statistics.model().loss(plan());
    }

    /** The model's loss where all layers keep the same share. */
    public double uniformLoss() {
        RankWish uniform = new RankWish(layers.stream()
                .mapToDouble(layer -> budget.keptShare() * layer.breakEvenRank())
                .toArray());
        return statistics.model().loss(Apportionment.repair(budget, layers, uniform));
    }

    /** A fact that the wish must have. */
    public Object fact(String name) {
        return Objects.requireNonNull(wish.facts().get(name), name);
    }
}
