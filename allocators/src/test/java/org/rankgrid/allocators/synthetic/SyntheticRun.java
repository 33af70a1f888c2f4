package org.rankgrid.allocators.synthetic;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.Inventory;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

/**
 * One allocation on the realistic synthetic model.
 *
 * @param budget what it had to meet
 * @param wish what the allocator wished
 * @param plan the wish, repaired
 * @param statistics what it asked, with its counters
 */
public record SyntheticRun(Budget budget, RankWish wish, RankPlan plan, SyntheticStatistics statistics) {

    /** Runs an allocator with some options and defaults for the others. */
    public static SyntheticRun of(
            Allocator allocator, Map<String, Object> given, Inventory inventory, String ratio, long seed) {
        List<Layer> layers = inventory.layers();
        Budget budget = Budget.of(new BigDecimal(ratio), layers);
        Options options = Options.of(allocator.options(), given);
        SyntheticStatistics statistics =
                new SyntheticStatistics(allocator.needs(options), layers, Kind.REALISTIC, budget);
        RankWish wish = allocator.allocate(new Allocation(budget, layers, statistics, options, seed));
        return new SyntheticRun(budget, wish, Apportionment.repair(budget, layers, wish), statistics);
    }

    /** A fact that is a list of numbers of a map: the training curve of this name. */
    public List<Double> curve(String name) {
        Map<?, ?> curve = (Map<?, ?>) Objects.requireNonNull(wish.facts().get("curve"));
        return ((List<?>) Objects.requireNonNull(curve.get(name)))
                .stream().map(Double.class::cast).toList();
    }

    /** The loss of the repaired plan above that of the dense model. */
    public double damage() {
        return damage(plan);
    }

    /** The loss of the uniform plan above that of the dense model. */
    public double uniformDamage() {
        return damage(new SyntheticStatistics(
                        EnumSet.of(Need.START), statistics.model().layers(), Kind.REALISTIC, budget)
                .start());
    }

    private double damage(RankPlan of) {
        return statistics.model().loss(of)
                - statistics.model().loss(RankPlan.dense(statistics.model().layers()));
    }
}
