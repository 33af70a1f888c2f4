package org.rankgrid.allocators.swiftsvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.allocators.trial.SyntheticAllocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class SwiftSvdAllocatorTest {

    abstract static class SwiftSvdContract extends AllocatorContract {

        private final Map<String, Object> options;

        SwiftSvdContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new SwiftSvdAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class ByDefault extends SwiftSvdContract {
        ByDefault() {
            super(Map.of());
        }
    }

    @Nested
    class WithAFixedAlpha extends SwiftSvdContract {
        WithAFixedAlpha() {
            super(Map.of("trials", 0L, "alpha", 1.0, "delta", 0.0));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 9, 9, 12", "0.5, 9, 10, 11", "1, 8, 12, 10"})
    void sharesRanksAsTheMicroTestOfTheNotesDoes(double alpha, double first, double second, double third) {
        double[] ranks = TypeShares.ranks(new double[] {1, 2, 1.5}, new double[] {5, 5, 50}, 10, 0.5, alpha);
        assertThat(ranks).containsExactly(first, second, third);
    }

    @Test
    void asksForTrialsOnlyWhereItSearches() {
        Allocator allocator = new SwiftSvdAllocator();
        assertThat(allocator.needs(Options.of(allocator.options(), Map.of())))
                .containsExactlyInAnyOrder(Need.SPECTRA, Need.SIMILARITIES, Need.TRIALS);
        assertThat(allocator.needs(Options.of(allocator.options(), Map.of("trials", 1L))))
                .containsExactlyInAnyOrder(Need.SPECTRA, Need.SIMILARITIES);
    }

    @Test
    void takesTheAlphaWithTheBestTrial() {
        SyntheticAllocation found = allocation(Map.of("trials", 5L));
        double lowest = Double.POSITIVE_INFINITY;
        double bestAlpha = -1;
        for (double alpha : new double[] {0, 0.25, 0.5, 0.75, 1}) {
            double loss = allocation(Map.of("trials", 0L, "alpha", alpha)).loss();
            if (loss < lowest) {
                lowest = loss;
                bestAlpha = alpha;
            }
        }
        assertThat(found.fact("alpha")).isEqualTo(bestAlpha);
        assertThat(found.loss()).isEqualTo(lowest);
        assertThat(found.statistics().trials().calls()).isEqualTo(5);
    }

    @Test
    void nothingMovesBetweenTypes() {
        SyntheticAllocation found = allocation(Map.of("trials", 0L, "alpha", 0.3));
        for (Role role : Role.values()) {
            double sum = 0;
            double uniform = 0;
            for (int i = 0; i < found.layers().size(); i++) {
                if (found.layers().get(i).role() == role) {
                    sum += found.wish().rank(i);
                    uniform += 0.8 * found.layers().get(i).breakEvenRank();
                }
            }
            assertThat(sum).as("%s", role).isCloseTo(uniform, within(1.5));
        }
    }

    private static SyntheticAllocation allocation(Map<String, Object> options) {
        return SyntheticAllocation.of(new SwiftSvdAllocator(), Inventory.MHA.layers(), "0.2", options, 0);
    }
}
