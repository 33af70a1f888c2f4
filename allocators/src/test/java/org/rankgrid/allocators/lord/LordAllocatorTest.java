package org.rankgrid.allocators.lord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.allocators.LlamaShapes;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.SyntheticStatistics;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

class LordAllocatorTest extends AllocatorContract {

    @Override
    protected Allocator allocator() {
        return new LordAllocator();
    }

    /** The two published rows (ALGORITHMS B.4). */
    @ParameterizedTest
    @CsvSource({"0.2, 0.30, 0.20", "0.3, 0.45, 0.30"})
    void losesWhatIsPublished(String ratio, double queries, double others) {
        List<Layer> layers = LlamaShapes.LLAMA_7B.layers();
        Budget budget = Budget.of(new BigDecimal(ratio), layers);
        RankWish wish = new LordAllocator()
                .allocate(new Allocation(
                        budget,
                        layers,
                        new SyntheticStatistics(Set.of(), List.of(), Kind.TIED),
                        Options.defaults(List.of()),
                        0));
        double kept = 0;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            double share = Math.min(wish.rank(i) / layer.breakEvenRank(), 1);
            double expected = switch (layer.role()) {
                case V -> 0;
                case Q, K -> queries;
                default -> others;
            };
            assertThat(1 - share).as("%s", layer).isCloseTo(expected, within(1e-12));
            kept += share * layer.parameters();
        }
        assertThat(layers.get(2).role()).isEqualTo(Role.V);
        assertThat(wish.rank(2)).isEqualTo(RankWish.DENSE);
        assertThat(kept).isCloseTo((double) budget.parameters(), within(1.0));
    }
}
