package org.rankgrid.allocators.asvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.trial.SyntheticAllocation;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class AsvdAllocatorTest {

    abstract static class AsvdContract extends AllocatorContract {

        private final Map<String, Object> options;

        AsvdContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new AsvdAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class ByDefault extends AsvdContract {
        ByDefault() {
            super(Map.of());
        }
    }

    @Nested
    class AsReleasedWithFewRatios extends AsvdContract {
        AsReleasedWithFewRatios() {
            super(Map.of("search", "released", "shares", "0.5,0.9", "sequences", 1L));
        }
    }

    @Nested
    class ByStableRank extends AsvdContract {
        ByStableRank() {
            super(Map.of("metric", "stable-rank"));
        }
    }

    @Test
    void triesEveryLayerAtEveryRatio() {
        SyntheticAllocation found = allocation("0.2", Map.of("shares", "0.5,0.7,0.9"));
        assertThat(found.statistics().trials().calls()).isEqualTo(3 * 21);
        assertThat((Double) found.fact("kept")).isBetween(0.5, 0.8);
    }

    @Test
    void keepsTheModelBetterThanEqualSharesDo() {
        SyntheticAllocation found = allocation("0.2", Map.of());
        assertThat(found.loss()).isLessThan(found.uniformLoss());
    }

    @Test
    void asksForSpectraOnlyWhereItNeedsNoTrials() {
        Allocator allocator = new AsvdAllocator();
        assertThat(allocator.needs(Options.of(allocator.options(), Map.of()))).containsExactly(Need.TRIALS);
        assertThat(allocator.needs(Options.of(allocator.options(), Map.of("metric", "stable-rank"))))
                .containsExactly(Need.SPECTRA);
    }

    @Test
    void ratiosThatAreNoneAreRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> allocation("0.2", Map.of("shares", "0.5 0.7")))
                .withMessageContaining("'0.5 0.7'");
    }

    private static SyntheticAllocation allocation(String ratio, Map<String, Object> options) {
        return SyntheticAllocation.of(new AsvdAllocator(), Inventory.GQA.layers(), ratio, options, 0);
    }
}
