package org.rankgrid.allocators.duosvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.trial.LayerTrials;
import org.rankgrid.allocators.trial.SyntheticAllocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;
import org.rankgrid.testkit.SyntheticModel;

class DuoSvdAllocatorTest {

    abstract static class DuoSvdContract extends AllocatorContract {

        private final Map<String, Object> options;

        DuoSvdContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new DuoSvdAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class ByDefault extends DuoSvdContract {
        ByDefault() {
            super(Map.of());
        }
    }

    @Nested
    class WithHighRatiosOnOneSequence extends DuoSvdContract {
        WithHighRatiosOnOneSequence() {
            super(Map.of("shares", "0.6,0.8", "sequences", 1L));
        }
    }

    @Test
    void keepsTheModelBetterThanEqualSharesDo() {
        SyntheticAllocation found =
                SyntheticAllocation.of(new DuoSvdAllocator(), Inventory.OPT.layers(), "0.2", Map.of(), 0);
        assertThat(found.loss()).isLessThan(found.uniformLoss());
    }

    @Test
    void choosesTheRatiosWithTheSmallestSumOfPerplexities() {
        List<Layer> layers = Inventory.GQA.layers().subList(2, 6);
        SyntheticAllocation found =
                SyntheticAllocation.of(new DuoSvdAllocator(), layers, "0.3", Map.of("shares", "0.3,0.6,0.9"), 0);
        double[] ratios = {0.3, 0.6, 0.9, 1};
        SyntheticModel model = found.statistics().model();
        RankPlan base = new RankPlan(
                layers,
                layers.stream().mapToInt(layer -> LayerTrials.rank(layer, 0.7)).toArray());
        double least = Double.POSITIVE_INFINITY;
        for (int code = 0; code < 256; code++) {
            int[] ranks = new int[4];
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                ranks[i] = LayerTrials.rank(layers.get(i), ratios[(code >> (2 * i)) & 3]);
                sum += Math.exp(model.loss(LayerTrials.changed(base, i, ranks[i])));
            }
            if (new RankPlan(layers, ranks).parameters() <= found.budget().parameters()) {
                least = Math.min(least, sum);
            }
        }
        assertThat((Double) found.fact("summed_ppl")).isCloseTo(least, within(1e-9));
        assertThat(found.fact("proven_best")).isEqualTo(true);
    }
}
