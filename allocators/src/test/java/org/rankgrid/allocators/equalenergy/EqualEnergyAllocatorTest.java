package org.rankgrid.allocators.equalenergy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class EqualEnergyAllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new EqualEnergyAllocator();
        }
    }

    @Nested
    class WithoutLeadingComponents extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new EqualEnergyAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("skip", 1L);
        }
    }

    @Test
    void aMassiveComponentCostsTheRestOfItsLayerUnlessItIsSkipped() {
        List<Layer> layers = Inventory.MHA.layers();
        // Layer 1 of the made-up statistics has a first value a thousand times too large.
        assertThat(wish(layers, 0).rank(1)).isLessThan(5);
        assertThat(wish(layers, 1).rank(1)).isGreaterThan(10);
    }

    private static RankWish wish(List<Layer> layers, long skip) {
        Allocator allocator = new EqualEnergyAllocator();
        Options options = Options.of(allocator.options(), Map.of("skip", skip));
        SyntheticStatistics statistics = new SyntheticStatistics(Set.of(Need.SPECTRA), layers, Kind.REALISTIC);
        return allocator.allocate(
                new Allocation(Budget.of(new BigDecimal("0.2"), layers), layers, statistics, options, 0));
    }
}
