package org.rankgrid.allocators.lems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.lems.DepthCandidates.Depth;
import org.rankgrid.allocators.trial.SyntheticAllocation;
import org.rankgrid.numerics.EnergyCurve;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class LemsAllocatorTest {

    abstract static class LemsContract extends AllocatorContract {

        private final Map<String, Object> options;

        LemsContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new LemsAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class WithTwoDepthWeights extends LemsContract {
        WithTwoDepthWeights() {
            super(Map.of("tune", 2L));
        }
    }

    @Nested
    class GreedyOnLikelihoodWithoutAFloor extends LemsContract {
        GreedyOnLikelihoodWithoutAFloor() {
            super(Map.of("measure", "nll", "solver", "hull", "floor", 0.0, "tune", 0L, "reference", 0.5));
        }
    }

    @Test
    void theDepthWeightsAreThoseOfTheMicroTest() {
        assertThat(DepthWeights.of(4, 0, 5)).containsExactly(new double[] {6, 4.333333, 2.666667, 1}, within(1e-6));
        assertThat(DepthWeights.of(4, 1, 5)).containsExactly(new double[] {6, 3.272727, 1.909091, 1}, within(1e-6));
        assertThat(DepthWeights.of(1, 1, 5)).containsExactly(1);
    }

    @Test
    void depthWeightsToTryFillTheBox() {
        List<Depth> candidates = DepthCandidates.of(new Depth(1, 2), 4);
        assertThat(candidates)
                .containsExactly(
                        new Depth(1, 2),
                        new Depth(1.5, 7 * (1 / 3.0)),
                        new Depth(0.75, 7 * (2 / 3.0)),
                        new Depth(2.25, 7 * (1 / 9.0)));
    }

    @Test
    void aLayersErrorIsItsMeasuredLossAtTheReferenceRank() {
        EnergyCurve curve = EnergyCurve.of(new double[] {8, 4, 2, 2}, 0);
        // Lost energy 8/16, 4/16, 2/16, 0 of all; at rank 2 it is a quarter, which cost 3.
        assertThat(LayerErrors.errors(curve, 2, 3)).containsExactly(new double[] {6, 3, 1.5, 0}, within(1e-12));
        assertThat(LayerErrors.errors(EnergyCurve.of(new double[4], 0), 2, 3)).containsOnly(0);
    }

    @Test
    void measuresEachLayerOnceAndThenTriesWholePlans() {
        SyntheticAllocation found = allocation(Map.of("tune", 6L));
        assertThat(found.statistics().trials().calls()).isEqualTo(1 + 18 + 6);
        assertThat((List<?>) found.fact("losses")).hasSize(18);
        assertThat((List<?>) found.fact("trace")).hasSize(6);
        assertThat(allocation(Map.of("tune", 1L)).statistics().trials().calls()).isEqualTo(19);
    }

    @Test
    void tuningNeverEndsWithAWorsePlanThanTheFirst() {
        assertThat(allocation(Map.of("tune", 6L)).loss())
                .isLessThanOrEqualTo(allocation(Map.of("tune", 0L)).loss());
    }

    @Test
    void keepsTheModelBetterThanEqualSharesDo() {
        SyntheticAllocation found = allocation(Map.of());
        assertThat(found.loss()).isLessThan(found.uniformLoss());
    }

    @Test
    void noLayerFallsBelowItsFloor() {
        SyntheticAllocation found = allocation(Map.of("floor", 0.4, "tune", 0L));
        for (int i = 0; i < found.layers().size(); i++) {
            assertThat(found.wish().rank(i))
                    .isGreaterThanOrEqualTo(
                            Math.floor(0.4 * found.layers().get(i).breakEvenRank()));
        }
    }

    private static SyntheticAllocation allocation(Map<String, Object> options) {
        return SyntheticAllocation.of(new LemsAllocator(), Inventory.OPT.layers(), "0.2", options, 0);
    }
}
