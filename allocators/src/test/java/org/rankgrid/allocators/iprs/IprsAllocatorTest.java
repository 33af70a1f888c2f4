package org.rankgrid.allocators.iprs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.LlamaShapes;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.allocate.Statistics;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Sublayer;
import org.rankgrid.testkit.AllocatorContract;

class IprsAllocatorTest {

    /**
     * Measured angles of Llama-2-7B on WikiText-2 (128 x 4096 tokens) and the kept shares made from them at ratio 0.2, with
     * queries and keys compressed and dense: from the files that FLAT-LLM released under the MIT licence (ALGORITHMS D.6).
     */
    private static final double[] ANGLES = numbers("""
            .2832203 .2324791 .1775980 .1789675 .1789751 .1792459 .1780539 .1772366 .1725826 .1668062 .1629562 .1540699
            .1516466 .1511402 .1483803 .1491375 .1487541 .1336823 .1244764 .1146011 .1148696 .1001544 .0985966 .0897527
            .0864024 .0888138 .0855536 .0817456 .0862341 .0883369 .1105442 .2516470
            """);

    private static final double[] KEPT = numbers("""
            1 1 1 1 1 1 1 1 1 .9869238 .9641449 .9115681 .8972305 .8942344 .8779050 .8823851
            .8801168 .7909428 .7364758 .6780477 .6796361 .5925723 .5833553 .5310296 .5112075 .5254745 .5061857 .4836552
            .5102116 .5226533 .6540445 1
            """);

    private static final double[] KEPT_BESIDE_DENSE = numbers("""
            1 1 .9764100 .9839392 .9839811 .9854701 .9789162 .9744228 .9488361 .9170782 .8959115 .8470556 .8337327
            .8309486 .8157748 .8199379 .8178302 .7349671 .6843547 .6300616 .6315376 .5506354 .5420707 .4934481 .4750289
            .4882862 .4703625 .4494264 .4741035 .4856646 .6077572 1
            """);

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new IprsAllocator();
        }
    }

    @Nested
    class WithDenseQueriesAndKeys extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new IprsAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("dense-qk", true);
        }
    }

    @Test
    void sharesAreThoseOfTheFormula() {
        assertThat(IprsAllocator.kept(0.7, new double[] {.20, .08, .06, .06}))
                .containsExactly(new double[] {1, .72, .54, .54}, within(1e-12));
    }

    @Test
    void keepsWhatFlatLlmReleased() {
        RankWish wish = wish("0.2", false);
        assertKept(wish, KEPT, false);
        assertThat(wish.facts()).isEmpty();
    }

    @Test
    void keepsWhatFlatLlmReleasedWithDenseQueriesAndKeys() {
        RankWish wish = wish("0.2", true);
        assertKept(wish, KEPT_BESIDE_DENSE, true);
        assertThat(wish.facts()).containsEntry("dense_qk", true);
        assertThat(IprsAllocator.keptBesideQueriesAndKeys(0.2, LlamaShapes.LLAMA_7B.layers()))
                .isCloseTo(0.7602484, within(5e-8));
    }

    @Test
    void queriesAndKeysAreCompressedWhereTheOthersCannotPay() {
        assertThat(wish("0.9", true).facts()).containsEntry("dense_qk", false);
        assertThat(wish("0.9", true).ranks()).isEqualTo(wish("0.9", false).ranks());
    }

    private static void assertKept(RankWish wish, double[] expected, boolean denseQk) {
        List<Layer> layers = LlamaShapes.LLAMA_7B.layers();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            boolean dense = denseQk && layer.key().matches(".*[qk]_proj");
            // Seven digits of single-precision angles, and a dense share is more than the break-even rank.
            assertThat(Math.min(wish.rank(i) / layer.breakEvenRank(), 1))
                    .as("%s", layer)
                    .isCloseTo(dense ? 1 : expected[layer.block()], within(1e-6));
        }
    }

    private static RankWish wish(String ratio, boolean denseQk) {
        List<Layer> layers = LlamaShapes.LLAMA_7B.layers();
        Allocator allocator = new IprsAllocator();
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal(ratio), layers),
                layers,
                new Angles(),
                Options.of(allocator.options(), Map.of("dense-qk", denseQk)),
                0));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static final class Angles implements Statistics {
        @Override
        public double[] spectrum(int layer) {
            throw new IllegalStateException();
        }

        @Override
        public Similarity sublayer(int block, Sublayer sublayer) {
            throw new IllegalStateException();
        }

        @Override
        public BlockSimilarity block(int block) {
            return new BlockSimilarity(Double.NaN, ANGLES[block]);
        }
    }
}
