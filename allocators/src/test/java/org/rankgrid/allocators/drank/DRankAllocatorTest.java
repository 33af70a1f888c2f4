package org.rankgrid.allocators.drank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class DRankAllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new DRankAllocator();
        }
    }

    @Nested
    class InGroupsAndMovingEverything extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new DRankAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("group", 2L, "beta", 1.0);
        }
    }

    /** ALGORITHMS D.8. */
    @Test
    void ranksAreThoseOfTheFormula() {
        assertThat(DRankAllocator.ranks(96, new double[] {16, 4, 1}, new double[] {8, 8, 8}, 1))
                .containsExactly(new double[] {6.857143, 3.428571, 1.714286}, within(5e-7));
    }

    @Test
    void noOtherRanksOfTheSameCostDoBetter() {
        Random random = new Random(6);
        double[] effective = {30, 5, 12, 7};
        double[] costs = {10, 20, 20, 40};
        double[] ranks = DRankAllocator.ranks(5000, effective, costs, 1);
        for (int round = 0; round < 100; round++) {
            double[] other = ranks.clone();
            int from = random.nextInt(4);
            int to = random.nextInt(4);
            double parameters = random.nextDouble() * ranks[from] * costs[from];
            other[from] -= parameters / costs[from];
            other[to] += parameters / costs[to];
            assertThat(objective(effective, other)).isGreaterThanOrEqualTo(objective(effective, ranks) - 1e-12);
        }
    }

    @Test
    void aGroupHasOneRankAndTheBudgetIsKept() {
        double[] ranks = DRankAllocator.ranks(960, new double[] {16, 9, 4, 1, 7}, new double[] {8, 8, 8, 8, 8}, 2);
        assertThat(ranks[0]).isEqualTo(ranks[1]);
        assertThat(ranks[2]).isEqualTo(ranks[3]);
        assertThat((ranks[0] + ranks[1] + ranks[2] + ranks[3] + ranks[4]) * 8).isCloseTo(960, within(1e-9));
    }

    @Test
    void theEffectiveRankCountsEqualComponents() {
        assertThat(DRankAllocator.effectiveRank(new double[] {3, 3, 3, 3, 0, 0}))
                .isCloseTo(4, within(1e-12));
        assertThat(DRankAllocator.effectiveRank(new double[] {5, 0})).isEqualTo(1);
        assertThat(DRankAllocator.effectiveRank(new double[3])).isEqualTo(1);
    }

    @Test
    void queriesAndKeysGiveTheirShareToValues() {
        for (Inventory inventory : Inventory.values()) {
            List<Layer> layers = inventory.layers();
            RankWish before = wish(layers, 0);
            RankWish after = wish(layers, 0.3);
            double given = 0;
            double taken = 0;
            for (int i = 0; i < layers.size(); i++) {
                double change = (after.rank(i) - before.rank(i)) * layers.get(i).costOfRank();
                if (layers.get(i).role() == Role.V) {
                    taken += change;
                } else if (layers.get(i).role() == Role.Q || layers.get(i).role() == Role.K) {
                    assertThat(after.rank(i)).isCloseTo(0.7 * before.rank(i), within(1e-9));
                    given -= change;
                } else {
                    assertThat(change).isZero();
                }
            }
            assertThat(taken).as("%s", inventory).isCloseTo(given, within(1e-6));
        }
    }

    private static double objective(double[] effective, double[] ranks) {
        double sum = 0;
        for (int j = 0; j < ranks.length; j++) {
            sum += effective[j] / ranks[j];
        }
        return sum;
    }

    private static RankWish wish(List<Layer> layers, double beta) {
        Allocator allocator = new DRankAllocator();
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal("0.5"), layers),
                layers,
                new SyntheticStatistics(Set.of(Need.SPECTRA), layers, Kind.REALISTIC),
                Options.of(allocator.options(), Map.of("beta", beta)),
                0));
    }
}
