package org.rankgrid.allocators.svdllmv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

class SvdLlmV2AllocatorTest {

    @Nested
    class ByDefault extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new SvdLlmV2Allocator();
        }
    }

    @Nested
    class LiteralWithMeansAndValues extends AllocatorContract {
        @Override
        protected Allocator allocator() {
            return new SvdLlmV2Allocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return Map.of("small-losses", "literal", "loss", "values", "tokens", 1000L);
        }
    }

    /** ALGORITHMS D.3. */
    @Test
    void sharesAreThoseOfTheFormula() {
        assertThat(SvdLlmV2Allocator.removed(0.2, new double[] {10, 100, 1000}, false))
                .containsExactly(new double[] {0.327273, 0.163636, 0.109091}, within(5e-7));
    }

    @Test
    void aLossOfOneOrLessMakesTheFormulaFail() {
        assertThat(SvdLlmV2Allocator.removed(0.2, new double[] {10, 0.9}, false))
                .isEmpty();
        assertThat(SvdLlmV2Allocator.removed(0.2, new double[] {10, 1}, false)).isEmpty();
        assertThat(SvdLlmV2Allocator.removed(0.2, new double[] {10, Double.NaN}, false))
                .isEmpty();
    }

    @Test
    void takenLiterallyOnlyItsSumCanFail() {
        // 1 / log: 0.5 and -0.25 of which the second gains what the first loses beyond the mean.
        double[] losses = {Math.exp(2), Math.exp(-4)};
        assertThat(SvdLlmV2Allocator.removed(0.1, losses, true))
                .containsExactly(new double[] {0.4, -0.2}, within(1e-12));
        assertThat(SvdLlmV2Allocator.removed(0.1, new double[] {10, 1}, true)).isEmpty();
        assertThat(SvdLlmV2Allocator.removed(0.1, new double[] {0.5, 0.5}, true))
                .isEmpty();
        assertThat(SvdLlmV2Allocator.removed(0.1, new double[] {Double.NaN, 3}, true))
                .isEmpty();
    }

    @Test
    void typesThatWereLeftUniformAreRecorded() {
        List<Layer> layers = Inventory.OPT.layers();
        RankWish zero = wish(layers, Kind.ZERO, "norm");
        assertThat(zero.facts()).containsEntry("uniform_types", List.of("q", "k", "v", "o", "up", "down"));
        assertThat(zero.rank(0)).isCloseTo(0.8 * layers.get(0).breakEvenRank(), within(1e-9));
        assertThat(wish(layers, Kind.REALISTIC, "values").facts()).isEmpty();
    }

    @Test
    void theLossIsThatOfTheUniformRank() {
        // Equal layers of a type with flat spectra of ones lose alike; the type keeps its share.
        List<Layer> layers = Inventory.MHA.layers();
        RankWish wish = wish(layers, Kind.TIED, "norm");
        assertThat(wish.rank(0)).isCloseTo(0.8 * 24, within(1e-9));
    }

    private static RankWish wish(List<Layer> layers, Kind kind, String loss) {
        Allocator allocator = new SvdLlmV2Allocator();
        return allocator.allocate(new Allocation(
                Budget.of(new BigDecimal("0.2"), layers),
                layers,
                new SyntheticStatistics(Set.of(Need.SPECTRA), layers, kind),
                Options.of(allocator.options(), Map.of("loss", loss)),
                0));
    }
}
