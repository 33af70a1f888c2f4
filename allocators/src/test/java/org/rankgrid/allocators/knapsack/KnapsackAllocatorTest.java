package org.rankgrid.allocators.knapsack;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.allocators.marginalgain.MarginalGainAllocator;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class KnapsackAllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new KnapsackAllocator();
        }
    }

    @Nested
    class WithoutWeights extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new KnapsackAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("weight", "abs");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fisher", "abs", "rel", "rel1"})
    void isNeverWorseThanTheGreedyChoice(String weight) {
        for (Inventory inventory : Inventory.values()) {
            RankWish greedy = wish(new MarginalGainAllocator(), inventory.layers(), weight);
            RankWish exact = wish(new KnapsackAllocator(), inventory.layers(), weight);
            assertThat(exact.facts()).containsEntry("proven_best", true);
            assertThat((Double) exact.facts().get("weighted_error"))
                    .isBetween((Double) greedy.facts().get("lower_bound"), (Double)
                            greedy.facts().get("weighted_error"));
        }
    }

    private static RankWish wish(Allocator allocator, List<Layer> layers, String weight) {
        Options options = Options.of(allocator.options(), Map.of("weight", weight));
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal("0.3"), layers),
                layers,
                new SyntheticStatistics(allocator.needs(options), layers, Kind.REALISTIC),
                options,
                0));
    }
}
