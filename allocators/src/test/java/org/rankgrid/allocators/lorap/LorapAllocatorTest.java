package org.rankgrid.allocators.lorap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.allocators.LlamaShapes;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class LorapAllocatorTest extends AllocatorContract {

    @Override
    protected Allocator allocator() {
        return new LorapAllocator();
    }

    /**
     * The authors' integers for d = 4096 and a = 3 (ALGORITHMS A.7): k_att = floor(R d / 2), the richer floor(1.5 k_att), the
     * poorer floor(k_att / 2), or dense and floor(R d) - d / 2. They round twice, these ranks not at all.
     */
    @ParameterizedTest
    @CsvSource({"0.5, 512, 1536", "0.4, 614, 1843", "0.2, 1228, -1", "0.1, 1638, -1", "0.8, 204, 613"})
    void ranksAreThoseOfTheRelease(String ratio, int poor, int rich) {
        RankWish wish = wish(ratio, LlamaShapes.LLAMA_7B.layers());
        assertThat(wish.rank(0)).isBetween((double) poor, poor + 2.0);
        assertThat(wish.rank(1)).isEqualTo(wish.rank(0));
        if (rich < 0) {
            assertThat(wish.rank(2)).isEqualTo(RankWish.DENSE);
        } else {
            assertThat(wish.rank(2)).isBetween((double) rich, rich + 2.0);
        }
        assertThat(wish.rank(3)).isEqualTo(wish.rank(2));
    }

    @Test
    void feedForwardNetworksAreUniform() {
        List<Layer> layers = LlamaShapes.LLAMA_7B.layers();
        assertThat(wish("0.5", layers).rank(4)).isCloseTo(layers.get(4).breakEvenRank() / 2, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.2", "0.3", "0.34", "0.5", "0.8"})
    void groupedQueriesMeetTheBudgetBeforeRepair(String ratio) {
        List<Layer> layers = LlamaShapes.LLAMA_3_8B.layers();
        RankWish wish = wish(ratio, layers);
        double kept = 0;
        for (int i = 0; i < layers.size(); i++) {
            kept += Math.min(wish.rank(i) / layers.get(i).breakEvenRank(), 1)
                    * (double) layers.get(i).parameters();
        }
        assertThat(kept)
                .isCloseTo((double) Budget.of(new BigDecimal(ratio), layers).parameters(), within(2.0));
    }

    private static RankWish wish(String ratio, List<Layer> layers) {
        Allocator allocator = new LorapAllocator();
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal(ratio), layers),
                layers,
                new SyntheticStatistics(Set.of(), List.of(), Kind.TIED),
                Options.defaults(allocator.options()),
                0));
    }
}
