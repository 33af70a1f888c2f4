package org.rankgrid.allocators.zssvd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

class ZsSvdAllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new ZsSvdAllocator();
        }
    }

    @Nested
    class NegativeSumOfTheSecondOrder extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new ZsSvdAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("variant", "negative-sum", "order", "second", "accounting", "lagging");
        }
    }

    @Nested
    class BySingularValues extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new ZsSvdAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("variant", "sval-mag-het", "keep-rank-ratio", 0.3);
        }
    }

    @Test
    void singularValuesNeedNoGradients() {
        Allocator allocator = new ZsSvdAllocator();
        assertThat(allocator.needs(Options.defaults(allocator.options()))).containsExactly(Need.GRADIENTS);
        assertThat(allocator.needs(Options.of(allocator.options(), Map.of("variant", "sval-mag-het"))))
                .containsExactly(Need.SPECTRA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero-sum", "smallest", "sval-mag-het", "negative-sum"})
    void theExactAccountingSavesWhatItCreditsAndNoMoreThanAStepBeyond(String variant) {
        for (Inventory inventory : Inventory.values()) {
            List<Layer> layers = inventory.layers();
            RankWish wish = wish(layers, Map.of("variant", variant));
            Budget budget = Budget.of(new BigDecimal("0.3"), layers);
            long kept = 0;
            for (int i = 0; i < layers.size(); i++) {
                kept += wish.rank(i) == RankWish.DENSE
                        ? layers.get(i).parameters()
                        : Math.round(wish.rank(i)) * layers.get(i).costOfRank();
            }
            assertThat(wish.facts()).containsEntry("credited", budget.dense() - kept);
            long step = layers.stream().mapToLong(Layer::costOfRank).max().orElseThrow();
            assertThat(budget.parameters() - kept).isBetween(0L, step);
        }
    }

    private static RankWish wish(List<Layer> layers, Map<String, Object> given) {
        Allocator allocator = new ZsSvdAllocator();
        Options options = Options.of(allocator.options(), given);
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal("0.3"), layers),
                layers,
                new SyntheticStatistics(allocator.needs(options), layers, Kind.REALISTIC),
                options,
                0));
    }
}
