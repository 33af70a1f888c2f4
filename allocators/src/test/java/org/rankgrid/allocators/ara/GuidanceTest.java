package org.rankgrid.allocators.ara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rankgrid.allocators.masks.ExpectedSize;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

class GuidanceTest {

    /** Break-even at 2 and 2.4. */
    private static final ExpectedSize SIZE =
            new ExpectedSize(List.of(new Layer("q", 0, Role.Q, 4, 4), new Layer("up", 0, Role.UP, 6, 4)));

    private static final List<double[]> SPECTRA = List.of(new double[] {6, 3, 1, 0}, new double[] {4, 2, 1, 1});

    static Stream<Guidance> forms() {
        return Stream.of(new Guidance.Bimodal(SIZE), new Guidance.PullUp(SIZE, SPECTRA), Guidance.NONE);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void slopesAreFiniteDifferences(Guidance guidance) {
        double step = 1e-6;
        for (double[] ranks : new double[][] {{0.5, 1.7}, {1.9, 2.3}, {2.5, 3.5}, {1.2, 3}}) {
            for (int i = 0; i < 2; i++) {
                double[] above = ranks.clone();
                above[i] += step;
                double[] below = ranks.clone();
                below[i] -= step;
                assertThat(guidance.slope(i, ranks[i]))
                        .isCloseTo((guidance.value(above) - guidance.value(below)) / (2 * step), within(1e-7));
            }
        }
    }

    @Test
    void bimodalIsLargestHalfWayAndNothingPastBreakEven() {
        Guidance guidance = new Guidance.Bimodal(SIZE);
        assertThat(guidance.value(new double[] {1, 1.2})).isCloseTo(0.25, within(1e-12));
        assertThat(guidance.value(new double[] {2, 3})).isZero();
    }

    @Test
    void pullUpIsAsByHand() {
        // Shares 0.4 and 0.6; at rank 1 layer 0 has lost 0.4 and misses 1/2; at rank 1.2 layer 1 has lost 3.6 / 8,
        // misses 1/2.
        assertThat(new Guidance.PullUp(SIZE, SPECTRA).value(new double[] {1, 1.2}))
                .isCloseTo(0.4 * 0.4 * 0.5 + 0.6 * 0.45 * 0.5, within(1e-12));
    }
}
