package org.rankgrid.allocators.bisoftmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
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
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class BiSoftmaxAllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new BiSoftmaxAllocator();
        }
    }

    @Nested
    class Cold extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new BiSoftmaxAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("temperature", 0.001, "cap", 1.0);
        }
    }

    /** ALGORITHMS D.6. */
    @Test
    void sharesAreThoseOfTheFormula() {
        assertThat(BiSoftmaxAllocator.removed(0.2, new double[] {.30, .05, .04, .10}, 0.1, 0.8))
                .containsExactly(new double[] {.023505, .286350, .316465, .173680}, within(5e-7));
    }

    @Test
    void whatTheCapSparesIsTakenFromTheOthers() {
        double[] removed = BiSoftmaxAllocator.removed(0.5, new double[] {.30, .30, .04, .10}, 0.01, 0.8);
        assertThat(removed).containsExactly(new double[] {.2, .2, .8, .8}, within(1e-9));
    }

    @Test
    void aMoreInfluentialBlockNeverLosesMore() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            double[] influences = random.doubles(8).sorted().toArray();
            double ratio = random.nextDouble() * 0.8;
            double[] removed = BiSoftmaxAllocator.removed(ratio, influences, random.nextDouble() + 0.01, 0.8);
            for (int b = 1; b < removed.length; b++) {
                assertThat(removed[b]).isLessThanOrEqualTo(removed[b - 1]);
            }
            assertThat(Arrays.stream(removed).average().orElseThrow()).isCloseTo(ratio, within(1e-9));
        }
    }

    @Test
    void allLayersOfABlockKeepTheSameShare() {
        List<Layer> layers = Inventory.GQA.layers();
        Allocator allocator = new BiSoftmaxAllocator();
        RankWish wish = allocator.allocate(new Allocation(
                Budget.of(new BigDecimal("0.4"), layers),
                layers,
                new SyntheticStatistics(Set.of(Need.SIMILARITIES), layers, Kind.REALISTIC),
                Options.defaults(allocator.options()),
                0));
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).block() == layers.get(i - 1).block()) {
                assertThat(wish.rank(i) / layers.get(i).breakEvenRank())
                        .isCloseTo(wish.rank(i - 1) / layers.get(i - 1).breakEvenRank(), within(1e-12));
            }
        }
    }
}
