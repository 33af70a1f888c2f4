package org.rankgrid.allocators.mrcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.trial.SyntheticAllocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class MrcsAllocatorTest {

    abstract static class MrcsContract extends AllocatorContract {

        private final Map<String, Object> options;

        MrcsContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new MrcsAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class ByDefault extends MrcsContract {
        ByDefault() {
            super(Map.of());
        }
    }

    @Nested
    class InFewBitesWithoutAFloor extends MrcsContract {
        InFewBitesWithoutAFloor() {
            super(Map.of("steps", 20L, "decay", 4.0, "floor", 0.0));
        }
    }

    @Test
    void removesWhatTheRatioSaysUpToTheTailOfTheBites() {
        List<Layer> layers = Inventory.MHA.layers();
        SyntheticAllocation found = SyntheticAllocation.of(new MrcsAllocator(), layers, "0.2", Map.of(), 0);
        double kept = 0;
        for (int i = 0; i < layers.size(); i++) {
            kept += found.wish().rank(i) * layers.get(i).costOfRank();
            assertThat(found.wish().rank(i))
                    .isBetween(
                            0.3 * layers.get(i).breakEvenRank() - 1e-9,
                            layers.get(i).breakEvenRank());
        }
        assertThat(kept / found.budget().dense()).isCloseTo(1 - 0.2 * (1 - Math.exp(-500 / 80.0)), within(1e-9));
    }

    @Test
    void takesMoreWhereTheSpectrumFallsFaster() {
        // Two equal layers; the made-up spectrum of the second, with its massive first value, falls much faster.
        List<Layer> layers = Inventory.MHA.layers().subList(0, 2);
        SyntheticAllocation found = SyntheticAllocation.of(new MrcsAllocator(), layers, "0.4", Map.of(), 0);
        assertThat(found.wish().rank(1)).isLessThan(found.wish().rank(0));
    }
}
