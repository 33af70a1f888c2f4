package org.rankgrid.allocators.marginalgain;

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

class MarginalGainAllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new MarginalGainAllocator();
        }
    }

    @Nested
    class WithoutDenseLayers extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new MarginalGainAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("dense", false, "weight", "abs");
        }
    }

    @Nested
    class RelativeToAllButTheFirst extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new MarginalGainAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("weight", "rel1");
        }
    }

    @Test
    void onlyFisherWeightsNeedGradients() {
        Allocator allocator = new MarginalGainAllocator();
        assertThat(allocator.needs(Options.defaults(allocator.options())))
                .containsExactlyInAnyOrder(Need.SPECTRA, Need.GRADIENTS);
        for (String weight : List.of("abs", "rel", "rel1")) {
            assertThat(allocator.needs(Options.of(allocator.options(), Map.of("weight", weight))))
                    .containsExactly(Need.SPECTRA);
        }
    }

    @Test
    void withoutDenseNoWishIsDense() {
        for (String weight : List.of("fisher", "abs", "rel", "rel1")) {
            RankWish wish = wish(Inventory.GQA.layers(), Map.of("dense", false, "weight", weight));
            assertThat(wish.ranks()).as(weight).doesNotContain(RankWish.DENSE);
        }
    }

    @Test
    void theErrorOfAPlanIsNoLessThanItsBound() {
        RankWish wish = wish(Inventory.MHA.layers(), Map.of("weight", "rel"));
        assertThat((Double) wish.facts().get("weighted_error"))
                .isGreaterThanOrEqualTo((Double) wish.facts().get("lower_bound"));
    }

    private static RankWish wish(List<Layer> layers, Map<String, Object> options) {
        Allocator allocator = new MarginalGainAllocator();
        Options filled = Options.of(allocator.options(), options);
        Set<Need> needs = allocator.needs(filled);
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal("0.3"), layers),
                layers,
                new SyntheticStatistics(needs, layers, Kind.REALISTIC),
                filled,
                0));
    }
}
