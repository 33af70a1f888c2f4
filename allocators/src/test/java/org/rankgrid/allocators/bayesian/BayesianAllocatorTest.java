package org.rankgrid.allocators.bayesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.allocators.trial.SyntheticAllocation;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class BayesianAllocatorTest {

    abstract static class BayesianContract extends AllocatorContract {

        private final Map<String, Object> options;

        BayesianContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new BayesianAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class InShort extends BayesianContract {
        InShort() {
            super(Map.of("trials", 4L, "candidates", 10L));
        }
    }

    @Nested
    class AsPublished extends BayesianContract {
        AsPublished() {
            super(Map.of(
                    "trials",
                    4L,
                    "candidates",
                    20L,
                    "slack",
                    0.1,
                    "objective",
                    "bolaco",
                    "surrogate",
                    "plain",
                    "score",
                    "raw"));
        }
    }

    @Nested
    class ByDepthWithVOnFewSequences extends BayesianContract {
        ByDepthWithVOnFewSequences() {
            super(Map.of("trials", 4L, "candidates", 10L, "groups", 3L, "dense-v", false, "sequences", 2L));
        }
    }

    @Nested
    class TheDefaultConfigurationAlone extends BayesianContract {
        TheDefaultConfigurationAlone() {
            super(Map.of("trials", 1L));
        }
    }

    @Test
    void needsTrials() {
        assertThat(new BayesianAllocator().needs(options(Map.of()))).containsExactly(Need.TRIALS);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheModelBetterThanEqualSharesDo(Inventory inventory) {
        for (String ratio : List.of("0.1", "0.3")) {
            SyntheticAllocation found = search(inventory, ratio, Map.of("candidates", 500L), 0);
            assertThat(found.loss()).as("ratio %s", ratio).isLessThan(found.uniformLoss());
        }
    }

    @Test
    void searchingLongerFindsMore() {
        SyntheticAllocation brief = search(Inventory.MHA, "0.2", Map.of("trials", 3L), 0);
        SyntheticAllocation longer = search(Inventory.MHA, "0.2", Map.of("trials", 25L, "candidates", 500L), 0);
        assertThat(longer.loss()).isLessThan(brief.loss());
        assertThat(longer.statistics().trials().calls()).isEqualTo(25);
        assertThat(longer.statistics().trials().distinctPlans()).isEqualTo(25);
    }

    @Test
    void theProcessBeatsRandomPoints() {
        // As many initial points as trials: no process ever proposes.
        double guided = 0;
        double drawn = 0;
        for (int seed = 0; seed < 4; seed++) {
            guided += search(Inventory.MHA, "0.2", Map.of("candidates", 500L), seed)
                    .loss();
            drawn += search(Inventory.MHA, "0.2", Map.of("initial", 25L), seed).loss();
        }
        assertThat(guided).isLessThan(drawn);
    }

    @Test
    void theResultIsTheBestPlanObserved() {
        SyntheticAllocation found = search(Inventory.GQA, "0.2", Map.of("trials", 8L, "candidates", 50L), 1);
        List<?> trace = (List<?>) found.fact("trace");
        assertThat(trace).hasSize(8);
        double lowest = trace.stream()
                .mapToDouble(BayesianAllocatorTest::objective)
                .min()
                .orElseThrow();
        assertThat(found.loss()).isCloseTo(lowest, within(1e-12));
        assertThat(trace).allSatisfy(trial -> assertThat(kept(trial)).isBetween(0.77 - 1e-9, 0.8 + 1e-9));
        long best = (Long) found.fact("best_trial");
        assertThat(objective(trace.get((int) best))).isEqualTo(lowest);
        assertThat(found.wish().facts()).containsKeys("shares", "kernel").containsEntry("dense_v", true);
    }

    @Test
    void rawTrialsScoreThePlanAsItIs() {
        SyntheticAllocation found =
                search(Inventory.MHA, "0.2", Map.of("trials", 4L, "candidates", 50L, "score", "raw"), 0);
        List<Layer> layers = Inventory.MHA.layers();
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            double rank = found.wish().rank(i);
            ranks[i] = rank == RankWish.DENSE ? RankPlan.DENSE : (int) rank;
        }
        List<?> trace = (List<?>) found.fact("trace");
        long best = (Long) found.fact("best_trial");
        assertThat(found.statistics().model().loss(new RankPlan(layers, ranks)))
                .isCloseTo(objective(trace.get((int) best)), within(1e-12));
    }

    @Test
    void anotherSeedSearchesElsewhere() {
        Map<String, Object> options = Map.of("trials", 5L, "candidates", 50L);
        assertThat(search(Inventory.MHA, "0.2", options, 1).wish())
                .isNotEqualTo(search(Inventory.MHA, "0.2", options, 2).wish());
    }

    @Test
    void asksForNoMoreSequencesThanThereAre() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> search(Inventory.MHA, "0.2", Map.of("sequences", 9L), 0))
                .withMessageContaining("'sequences' of an allocator is 9, but the validation text has 8");
    }

    private static SyntheticAllocation search(
            Inventory inventory, String ratio, Map<String, Object> options, long seed) {
        return SyntheticAllocation.of(new BayesianAllocator(), inventory.layers(), ratio, options, seed);
    }

    private static Options options(Map<String, Object> given) {
        return Options.of(new BayesianAllocator().options(), given);
    }

    private static double kept(Object trial) {
        return (Double) ((List<?>) trial).get(0);
    }

    private static double objective(Object trial) {
        return (Double) ((List<?>) trial).get(1);
    }
}
