package org.rankgrid.allocators.mgaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.allocate.Statistics;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Sublayer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class MgaaAllocatorTest {

    abstract static class MgaaContract extends AllocatorContract {

        private final Map<String, Object> options;

        MgaaContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new MgaaAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class ByDefault extends MgaaContract {
        ByDefault() {
            super(Map.of());
        }
    }

    @Nested
    class UniformInside extends MgaaContract {
        UniformInside() {
            super(Map.of("within", false));
        }
    }

    @Nested
    class UniformBetween extends MgaaContract {
        UniformBetween() {
            super(Map.of("between", false));
        }
    }

    @Nested
    class WithEveryOtherChoice extends MgaaContract {
        WithEveryOtherChoice() {
            super(Map.of(
                    "alpha",
                    1.5,
                    "similarity",
                    "branch",
                    "group",
                    "per-type",
                    "z",
                    "robust",
                    "correction",
                    "scale",
                    "r-max",
                    0.8,
                    "skip",
                    1L));
        }
    }

    @Nested
    class WithABetaOfItsOwn extends MgaaContract {
        WithABetaOfItsOwn() {
            super(Map.of("correction", "ffn", "beta", 4.2));
        }
    }

    @Test
    void asksOnlyForWhatItsOptionsUse() {
        assertThat(needs(Map.of())).containsExactlyInAnyOrder(Need.SIMILARITIES, Need.SPECTRA);
        assertThat(needs(Map.of("within", false))).containsExactly(Need.SIMILARITIES);
        assertThat(needs(Map.of("between", false))).containsExactly(Need.SPECTRA);
        assertThat(needs(Map.of("between", false, "within", false))).isEmpty();
    }

    @Test
    void withoutBothPartsItIsTheUniformRuleOfThePapers() {
        List<Layer> layers = Inventory.GQA.layers();
        RankWish wish = wish(layers, "0.3", Map.of("between", false, "within", false));
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            assertThat(Math.round(wish.rank(i))).isEqualTo(layer.parameters() * 7 / (layer.costOfRank() * 10));
        }
    }

    @Test
    void aSublayerThatTheTiltSparesStaysDense() {
        List<Layer> layers = Inventory.MHA.layers();
        // The first feed-forward network of the made-up statistics is an outlier of similarity 0.1.
        RankWish wish = wish(layers, "0.2", Map.of("alpha", 1.0));
        for (int i = 0; i < layers.size(); i++) {
            boolean outlier = layers.get(i).block() == 0 && layers.get(i).role().sublayer() == Sublayer.FEED_FORWARD;
            if (outlier) {
                assertThat(wish.rank(i)).isEqualTo(RankWish.DENSE);
            }
        }
    }

    @Test
    void layersLeftOutOfTheGridAreNoPartOfAnySublayer() {
        List<Layer> layers = Inventory.OPT.layers().stream()
                .filter(layer -> layer.block() > 0 || layer.role().sublayer() == Sublayer.ATTENTION)
                .toList();
        List<SublayerLayers> sublayers = SublayerLayers.of(layers);
        assertThat(sublayers).hasSize(5);
        assertThat(sublayers.getFirst().parameters()).isEqualTo(4 * 32 * 32);
        assertThat(sublayers.get(1)).isEqualTo(new SublayerLayers(1, Sublayer.ATTENTION, List.of(4, 5, 6, 7), 4096));
        assertThat(wish(layers, "0.2", Map.of()).size()).isEqualTo(layers.size());
    }

    @Test
    void theOrderOfLayersDoesNotMatter() {
        List<Layer> layers = Inventory.MHA.layers();
        RankWish straight = wish(layers, "0.2", Map.of("within", false));
        RankWish reversed = wish(layers.reversed(), "0.2", Map.of("within", false));
        for (int i = 0; i < layers.size(); i++) {
            assertThat(reversed.rank(layers.size() - 1 - i)).isEqualTo(straight.rank(i));
        }
    }

    @Test
    void aSimilarityThatIsNoNumberIsAnError() {
        List<Layer> layers = Inventory.MHA.layers();
        Statistics broken = new Statistics() {
            @Override
            public double[] spectrum(int layer) {
                return new double[0];
            }

            @Override
            public Similarity sublayer(int block, Sublayer sublayer) {
                return new Similarity(Double.NaN, 0, 0);
            }

            @Override
            public BlockSimilarity block(int block) {
                throw new IllegalStateException("mgaa needs no similarity of whole blocks");
            }
        };
        Options options = Options.defaults(new MgaaAllocator().options());
        Allocation allocation = new Allocation(Budget.of(new BigDecimal("0.2"), layers), layers, broken, options, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MgaaAllocator().allocate(allocation))
                .withMessage("the similarity of ATTENTION in block 0 is NaN");
    }

    private static Set<Need> needs(Map<String, Object> options) {
        Allocator allocator = new MgaaAllocator();
        return allocator.needs(Options.of(allocator.options(), options));
    }

    private static RankWish wish(List<Layer> layers, String ratio, Map<String, Object> given) {
        Allocator allocator = new MgaaAllocator();
        Options options = Options.of(allocator.options(), given);
        SyntheticStatistics statistics = new SyntheticStatistics(allocator.needs(options), layers, Kind.REALISTIC);
        return allocator.allocate(
                new Allocation(Budget.of(new BigDecimal(ratio), layers), layers, statistics, options, 0));
    }
}
