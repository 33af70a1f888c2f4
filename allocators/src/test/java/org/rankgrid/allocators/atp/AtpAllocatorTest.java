package org.rankgrid.allocators.atp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.trial.SyntheticAllocation;
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

class AtpAllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new AtpAllocator();
        }
    }

    @Nested
    class AsSteepAsItGets extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new AtpAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("tilt", 1.0);
        }
    }

    @Nested
    class Searching extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new AtpAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("trials", 5L, "sequences", 2L);
        }
    }

    @Test
    void takesTheTiltWithTheBestTrial() {
        SyntheticAllocation found = allocation(Map.of("trials", 3L));
        assertThat(found.loss())
                .isEqualTo(Math.min(
                        allocation(Map.of("tilt", 0.0)).loss(),
                        Math.min(
                                allocation(Map.of("tilt", 0.5)).loss(),
                                allocation(Map.of("tilt", 1.0)).loss())));
        assertThat(found.loss())
                .isEqualTo(allocation(Map.of("tilt", found.fact("tilt"))).loss());
        assertThat(found.statistics().trials().calls()).isEqualTo(3);
    }

    private static SyntheticAllocation allocation(Map<String, Object> options) {
        return SyntheticAllocation.of(new AtpAllocator(), Inventory.MHA.layers(), "0.4", options, 0);
    }

    @Test
    void theSharesFallInALineAroundTheRatio() {
        List<Layer> layers = Inventory.MHA.layers();
        RankWish wish = wish("0.4", 0.5, layers);
        // beta = 0.5 * 2 * 0.4; three blocks keep 0.8, 0.6 and 0.4.
        for (int i = 0; i < layers.size(); i++) {
            assertThat(wish.rank(i) / layers.get(i).breakEvenRank())
                    .isCloseTo(0.8 - 0.2 * layers.get(i).block(), within(1e-12));
        }
    }

    @Test
    void theLargestTiltLeavesTheFirstBlockDense() {
        RankWish wish = wish("0.4", 1, Inventory.MHA.layers());
        assertThat(wish.rank(0)).isEqualTo(RankWish.DENSE);
    }

    private static RankWish wish(String ratio, double tilt, List<Layer> layers) {
        Allocator allocator = new AtpAllocator();
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal(ratio), layers),
                layers,
                new SyntheticStatistics(Set.of(), layers, Kind.REALISTIC),
                Options.of(allocator.options(), Map.of("tilt", tilt)),
                0));
    }
}
