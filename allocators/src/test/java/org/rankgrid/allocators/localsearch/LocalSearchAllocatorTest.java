package org.rankgrid.allocators.localsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.allocators.synthetic.SyntheticRun;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class LocalSearchAllocatorTest {

    abstract static class LocalSearchContract extends AllocatorContract {

        private final Map<String, Object> options;

        LocalSearchContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new LocalSearchAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class FewTrials extends LocalSearchContract {
        FewTrials() {
            super(Map.of("trials", 8L));
        }
    }

    @Nested
    class WithoutAGuide extends LocalSearchContract {
        WithoutAGuide() {
            super(Map.of(
                    "trials",
                    10L,
                    "guide",
                    "none",
                    "from",
                    AllocatorReference.of("uniform"),
                    "standard-errors",
                    0.0,
                    "step",
                    1.0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void beatsUniformOnTheSyntheticModel(Inventory inventory) {
        for (String ratio : List.of("0.1", "0.2", "0.5")) {
            SyntheticRun guided = run(Map.of("trials", 20L), inventory, ratio, 0);
            assertThat(guided.damage()).as("guided at %s", ratio).isLessThan(0.75 * guided.uniformDamage());
            SyntheticRun unguided = run(Map.of("guide", "none"), inventory, ratio, 0);
            assertThat(unguided.damage()).as("unguided at %s", ratio).isLessThan(0.75 * unguided.uniformDamage());
        }
    }

    @Test
    void findsWhatIsWorthMoreTheMoreTrialsItHas() {
        double few = 0;
        double many = 0;
        for (long seed = 0; seed < 5; seed++) {
            few += run(Map.of("guide", "none", "trials", 10L), Inventory.MHA, "0.2", seed)
                    .damage();
            many += run(Map.of("guide", "none", "trials", 100L), Inventory.MHA, "0.2", seed)
                    .damage();
        }
        assertThat(many).isLessThan(0.5 * few);
    }

    @Test
    void isNeverWorseOnTheValidationTextThanItsStart() {
        for (long seed = 0; seed < 20; seed++) {
            SyntheticRun run = run(
                    Map.of("trials", 6L, "step", 1.0, "guide", "none", "standard-errors", 0.0),
                    Inventory.GPT2,
                    "0.1",
                    seed);
            assertThat(run.damage()).isLessThanOrEqualTo(run.uniformDamage());
            assertThat((Double) run.wish().facts().get("difference")).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void returnsAPlanThatTheRepairLeavesAlone() {
        SyntheticRun run = run(Map.of("trials", 20L), Inventory.OPT, "0.3", 3);
        for (int i = 0; i < run.wish().size(); i++) {
            assertThat(run.wish().rank(i))
                    .isEqualTo(
                            run.plan().isDense(i) ? RankWish.DENSE : run.plan().rank(i));
        }
    }

    @Test
    void returnsItsStartWhereNothingIsTried() {
        SyntheticRun run = run(Map.of("trials", 2L), Inventory.GQA, "0.2", 0);
        assertThat(run.plan()).isEqualTo(run.statistics().start());
        assertThat(run.statistics().trials().calls()).isEqualTo(2);
    }

    @Test
    void spendsNoMoreTrialsThanItMayAndRecordsThem() {
        SyntheticRun run = run(Map.of("trials", 25L, "guide", "none"), Inventory.MHA, "0.2", 0);
        assertThat(run.statistics().trials().calls()).isEqualTo(25);
        assertThat(run.statistics().trials().distinctPlans()).isEqualTo(25);
        assertThat(run.wish().facts()).containsEntry("trials", 25L);
        assertThat((List<?>) run.wish().facts().get("moves")).isNotEmpty();
    }

    @Test
    void givesUpWhenItsPatienceEnds() {
        SyntheticRun run = run(Map.of("trials", 1000L, "patience", 5L), Inventory.GQA, "0.2", 0);
        assertThat(run.statistics().trials().calls()).isLessThan(200);
    }

    @Test
    void needsAnAllocatorToStartFrom() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> run(Map.of("from", AllocatorReference.NONE), Inventory.MHA, "0.2", 0))
                .withMessage(
                        "option 'from' of local-search names no allocator: give the one whose plan the search begins"
                                + " with, such as component-fisher or uniform.");
    }

    @Test
    void declaresWhatItsOptionsNeed() {
        LocalSearchAllocator search = new LocalSearchAllocator();
        assertThat(search.needs(Options.defaults(search.options())))
                .containsExactlyInAnyOrder(Need.TRIALS, Need.START, Need.GRADIENTS);
        assertThat(search.needs(Options.of(search.options(), Map.of("guide", "none"))))
                .containsExactlyInAnyOrder(Need.TRIALS, Need.START);
    }

    private static SyntheticRun run(Map<String, Object> options, Inventory inventory, String ratio, long seed) {
        return SyntheticRun.of(new LocalSearchAllocator(), options, inventory, ratio, seed);
    }
}
