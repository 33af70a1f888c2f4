package org.rankgrid.allocators.ara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.allocators.synthetic.SyntheticRun;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class AraAllocatorTest {

    abstract static class AraContract extends AllocatorContract {

        private final Map<String, Object> options;

        AraContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new AraAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class FewSteps extends AraContract {
        FewSteps() {
            super(Map.of("steps", 3L, "stairs", 20L));
        }
    }

    @Nested
    class SoftWithPullUp extends AraContract {
        SoftWithPullUp() {
            super(Map.of("steps", 3L, "batch", 2L, "stairs", 7L, "hard", false, "guidance", "pull-up"));
        }
    }

    @Nested
    class BumpFromAPlan extends AraContract {
        BumpFromAPlan() {
            super(Map.of("steps", 3L, "init", "bump", "guidance", "none", "start", AllocatorReference.of("uniform")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void beatsUniformOnTheSyntheticModel(Inventory inventory) {
        for (String ratio : List.of("0.1", "0.2", "0.5")) {
            SyntheticRun run = SyntheticRun.of(new AraAllocator(), Map.of(), inventory, ratio, 0);
            assertThat(run.damage()).as("ratio %s", ratio).isLessThan(0.7 * run.uniformDamage());
        }
    }

    @Test
    void recordsTheTrainingAndTheScaling() {
        SyntheticRun run = SyntheticRun.of(new AraAllocator(), Map.of("steps", 5L), Inventory.MHA, "0.2", 0);
        assertThat(run.wish().facts()).containsOnlyKeys("curve", "raw_size", "expected_ranks", "scaled_ranks");
        assertThat((Map<?, ?>) run.wish().facts().get("curve"))
                .hasSize(4)
                .allSatisfy((name, values) -> assertThat((List<?>) values).hasSize(5));
        assertThat(run.statistics().masks().calls()).isEqualTo(5);
        assertThat((Map<?, ?>) run.wish().facts().get("scaled_ranks"))
                .hasSize(Inventory.MHA.layers().size());
    }

    @Test
    void beginsWithThePlanItIsGiven() {
        Map<String, Object> still =
                Map.of("steps", 1L, "lr", 1e-6, "guidance", "none", "start", AllocatorReference.of("uniform"));
        SyntheticRun run = SyntheticRun.of(new AraAllocator(), still, Inventory.GPT2, "0.3", 0);
        assertThat(run.plan()).isEqualTo(run.statistics().start());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tilt", "bump"})
    void theFirstStepBeginsAtTheSizeOfTheTarget(String init) {
        SyntheticRun run =
                SyntheticRun.of(new AraAllocator(), Map.of("steps", 1L, "init", init), Inventory.GQA, "0.3", 0);
        assertThat(run.curve("size").getFirst()).isCloseTo(0.7, within(1e-9));
    }

    @Test
    void declaresWhatItsOptionsNeed() {
        assertThat(needs(Map.of())).containsExactly(Need.MASKS);
        assertThat(needs(Map.of("guidance", "pull-up", "start", AllocatorReference.of("uniform"))))
                .containsExactlyInAnyOrder(Need.MASKS, Need.SPECTRA, Need.START);
    }

    private static Set<Need> needs(Map<String, Object> options) {
        AraAllocator ara = new AraAllocator();
        return ara.needs(Options.of(ara.options(), options));
    }
}
