package org.rankgrid.engine.allocate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

class AllocationStageTest {

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final List<Layer> LAYERS =
            List.of(new Layer("q", 0, Role.Q, 8, 8), new Layer("up", 0, Role.UP, 16, 8));

    @TempDir
    private Path folder;

    private AllocationStage stage;

    @BeforeEach
    void open() {
        Cache cache = new Cache(folder);
        stage = new AllocationStage(
                LAYERS,
                new CalibrationStore(cache.entry(Stage.CALIBRATION, Identity.of("c", 1), "c"), 1),
                new DecompositionStore(cache.entry(Stage.DECOMPOSITION, Identity.of("d", 1), "d"), LAYERS));
    }

    @Test
    void aWishIsRepairedToTheBudget() {
        Allotment allotment = allocate(false, new RankWish(2.5, 1.5));

        // Half of 64 + 128 is 96; ranks cost 16 and 24.
        assertThat(allotment.budget().parameters()).isEqualTo(96);
        assertThat(allotment.plan().parameters()).isLessThanOrEqualTo(96).isGreaterThan(96 - 16);
        assertThat(allotment.rawParameters()).isEqualTo(2.5 * 16 + 1.5 * 24);
    }

    @Test
    void aWishPastBreakEvenCountsAsDense() {
        assertThat(allocate(false, new RankWish(RankWish.DENSE, 1)).rawParameters())
                .isEqualTo(64 + 24);
        assertThat(allocate(false, new RankWish(7, 1)).rawParameters()).isEqualTo(64 + 24);
    }

    @Test
    void aFixedPlanIsTakenAsItIs() {
        Allotment allotment = allocate(true, new RankWish(3, RankWish.DENSE));

        assertThat(allotment.plan()).isEqualTo(new RankPlan(LAYERS, new int[] {3, RankPlan.DENSE}));
    }

    @Test
    void aFixedPlanHasWholeRanks() {
        assertThatIllegalStateException()
                .isThrownBy(() -> allocate(true, new RankWish(3.5, 1)))
                .withMessage("a fixed plan has whole ranks, but that of q is 3.5");
    }

    @Test
    void aWishOfTheWrongLengthBreaksTheContract() {
        assertThatIllegalStateException()
                .isThrownBy(() -> allocate(false, new RankWish(3)))
                .withMessage("allocator test returned 1 ranks for 2 layers");
    }

    @Test
    void anAllocatorGetsOnlyWhatItDeclared() {
        assertThatIllegalStateException()
                .isThrownBy(() -> allocate(false, allocation -> {
                    allocation.statistics().spectrum(0);
                    return new RankWish(1, 1);
                }))
                .withMessage("allocator test asks for SPECTRA without declaring it");
        assertThatIllegalStateException()
                .isThrownBy(() -> allocate(false, allocation -> {
                    allocation.statistics().block(0);
                    return new RankWish(1, 1);
                }))
                .withMessage("allocator test asks for SIMILARITIES without declaring it");
    }

    @Test
    void whatAnAllocatorRecordsHasToFitAResult() {
        RankWish wish = new RankWish(1, 1);

        assertThat(allocate(false, wish.with("curve", List.of(1L, 0.5)).with("map", Map.of("a", true)))
                        .facts())
                .containsEntry("curve", List.of(1L, 0.5))
                .containsKey("map");
        for (Object value : List.of(Double.NaN, new int[1], Map.of(1, 2), List.of(List.of(1f)))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> allocate(false, wish.with("x", value)))
                    .withMessageStartingWith("allocator test records 'x', which is not made of");
        }
    }

    @Test
    void oraclesAreGuardedToo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> allocate(false, allocation -> {
                    allocation.statistics().start();
                    return new RankWish(1, 1);
                }))
                .withMessage("allocator test asks for START without declaring it");
        assertThatIllegalStateException()
                .isThrownBy(() -> allocate(false, allocation -> {
                    allocation.statistics().trials();
                    return new RankWish(1, 1);
                }))
                .withMessage("allocator test asks for TRIALS without declaring it");
    }

    private Allotment allocate(boolean fixed, RankWish wish) {
        return allocate(fixed, _ -> wish);
    }

    private Allotment allocate(boolean fixed, Function<Allocation, RankWish> wish) {
        return stage.allocate(new TestAllocator(fixed, wish), Options.defaults(List.of()), HALF, 0);
    }

    private record TestAllocator(boolean fixedPlan, Function<Allocation, RankWish> wish) implements Allocator {

        @Override
        public String id() {
            return "test";
        }

        @Override
        public String summary() {
            return "A test's.";
        }

        @Override
        public Set<Need> needs(Options options) {
            return Set.of();
        }

        @Override
        public RankWish allocate(Allocation allocation) {
            return wish.apply(allocation);
        }
    }
}
