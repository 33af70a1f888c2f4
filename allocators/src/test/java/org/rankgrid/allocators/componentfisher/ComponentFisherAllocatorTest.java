package org.rankgrid.allocators.componentfisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.allocators.synthetic.SyntheticRun;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class ComponentFisherAllocatorTest {

    abstract static class ComponentFisherContract extends AllocatorContract {

        private final Map<String, Object> options;

        ComponentFisherContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new ComponentFisherAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class Defaults extends ComponentFisherContract {
        Defaults() {
            super(Map.of());
        }
    }

    @Nested
    class OneStepOfKfac extends ComponentFisherContract {
        OneStepOfKfac() {
            super(Map.of("steps", 1L, "scores", "kfac", "sequences", 1000L));
        }
    }

    @Nested
    class FirstOrderWithinTrust extends ComponentFisherContract {
        FirstOrderWithinTrust() {
            super(Map.of(
                    "first-order",
                    true,
                    "trust",
                    0.3,
                    "extra-steps",
                    2L,
                    "rotate",
                    true,
                    "sequences",
                    3L,
                    "scores",
                    "tokens"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void beatsUniformOnTheSyntheticModelWithAnyScore(Inventory inventory) {
        for (String ratio : List.of("0.1", "0.2", "0.5")) {
            for (String scores : List.of("sequences-and-tokens", "sequences", "tokens", "kfac")) {
                SyntheticRun run = run(Map.of("scores", scores), inventory, ratio);
                assertThat(run.damage()).as("%s at %s", scores, ratio).isLessThan(0.7 * run.uniformDamage());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void firstOrderTermsWithinATrustRegionBeatUniformToo(Inventory inventory) {
        for (String ratio : List.of("0.1", "0.2", "0.5")) {
            SyntheticRun run =
                    run(Map.of("first-order", true, "trust", 0.3, "extra-steps", 4L, "rotate", true), inventory, ratio);
            assertThat(run.damage()).as("ratio %s", ratio).isLessThan(0.8 * run.uniformDamage());
        }
    }

    @Test
    void takesOneBackwardPassAStepAndRecordsTheWay() {
        SyntheticRun run = run(Map.of("steps", 4L, "extra-steps", 2L), Inventory.MHA, "0.2");
        assertThat(run.statistics().gradients().calls()).isEqualTo(6);
        assertThat((List<?>) run.wish().facts().get("steps")).hasSize(6);
        assertThat(String.valueOf(run.wish().facts().get("steps")))
                .contains("budget=" + run.budget().parameters() + ", parameters=");
        assertThat(run.wish().facts()).containsEntry("sequences", 16L);
    }

    private static SyntheticRun run(Map<String, Object> options, Inventory inventory, String ratio) {
        return SyntheticRun.of(new ComponentFisherAllocator(), options, inventory, ratio, 0);
    }
}
