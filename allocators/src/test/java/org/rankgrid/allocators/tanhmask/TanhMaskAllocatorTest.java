package org.rankgrid.allocators.tanhmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.allocators.synthetic.SyntheticRun;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class TanhMaskAllocatorTest {

    abstract static class TanhMaskContract extends AllocatorContract {

        private final Map<String, Object> options;

        TanhMaskContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new TanhMaskAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class FewSteps extends TanhMaskContract {
        FewSteps() {
            super(Map.of("steps", 6L));
        }
    }

    @Nested
    class WideFromAPlan extends TanhMaskContract {
        WideFromAPlan() {
            super(Map.of(
                    "steps",
                    4L,
                    "batch",
                    2L,
                    "sharpness",
                    0.5,
                    "lr",
                    0.5,
                    "loss",
                    "nll",
                    "start",
                    AllocatorReference.of("uniform")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void beatsUniformOnTheSyntheticModel(Inventory inventory) {
        for (String ratio : List.of("0.1", "0.2", "0.5")) {
            SyntheticRun run = SyntheticRun.of(new TanhMaskAllocator(), Map.of(), inventory, ratio, 0);
            assertThat(run.damage()).as("ratio %s", ratio).isLessThan(0.95 * run.uniformDamage());
        }
    }

    @Test
    void theMaskAddsUpToItsRank() {
        TanhMask mask = new TanhMask(20, 1);
        for (double k : new double[] {4, 7.3, 12.5}) {
            double sum = 0;
            for (float value : mask.forward(new double[] {k / 20})) {
                sum += value;
            }
            assertThat(sum).isCloseTo(k, within(0.01));
        }
        assertThat(mask.forward(new double[] {1})).containsOnly(1);
    }

    @Test
    void theGradientIsAFiniteDifference() {
        TanhMask mask = new TanhMask(6, 1.5);
        double[] weights = {1, -3, 2, 0.5, -1, 4};
        double at = 0.55;
        double step = 1e-3;
        double difference = 0;
        float[] above = mask.forward(new double[] {at + step});
        float[] below = mask.forward(new double[] {at - step});
        for (int j = 0; j < weights.length; j++) {
            difference += weights[j] * (above[j] - below[j]) / (2 * step);
        }
        difference += 0.75 * (mask.rank(new double[] {at + step}) - mask.rank(new double[] {at - step})) / (2 * step);
        assertThat(mask.pullBack(new double[] {at}, weights, 0.75)[0]).isCloseTo(difference, within(2e-3));
    }

    @Test
    void beginsWithThePlanItIsGiven() {
        SyntheticRun run = SyntheticRun.of(
                new TanhMaskAllocator(),
                Map.of("steps", 1L, "lr", 1e-6, "start", AllocatorReference.of("uniform")),
                Inventory.MHA,
                "0.3",
                0);
        assertThat(run.plan()).isEqualTo(run.statistics().start());
    }
}
