package org.rankgrid.allocators.ara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

class StaircaseMaskTest {

    /** K = 8; break-even at 64 / 12 = 5.33. */
    private static final Layer EIGHT = new Layer("q", 0, Role.Q, 8, 16);

    private static final StaircaseMask FOUR_STAIRS = new StaircaseMask(EIGHT, 4, true);

    @Test
    void zerosAreTheMicroTestOfTheNotes() {
        double[] theta = new double[4];
        assertThat(FOUR_STAIRS.probabilities(theta)).containsExactly(1, 1, 0.75, 0.75, 0.5, 0.5, 0.25, 0.25);
        assertThat(FOUR_STAIRS.rank(theta)).isEqualTo(5);
    }

    @Test
    void aRaisedStairIsTheMicroTestOfTheNotes() {
        double[] theta = {0, 2, 0, 0};
        assertThat(FOUR_STAIRS.probabilities(theta))
                .containsExactly(
                        new double[] {1, 1, 0.903745, 0.903745, 0.19251, 0.19251, 0.096255, 0.096255}, within(5e-7));
        assertThat(FOUR_STAIRS.rank(theta)).isCloseTo(4.385021, within(5e-7));
    }

    @ParameterizedTest
    @CsvSource({"8, 100", "7, 3", "100, 7", "1, 5", "13, 13"})
    void theExpectedRankIsTheSumOfTheMaskWhichNeverRises(int size, int stairs) {
        StaircaseMask mask = new StaircaseMask(new Layer("q", 0, Role.Q, size, 300), stairs, true);
        double[] theta = new double[stairs];
        for (int d = 0; d < stairs; d++) {
            theta[d] = Math.sin(3 * d);
        }
        double[] p = mask.probabilities(theta);
        assertThat(Arrays.stream(p).sum()).isCloseTo(mask.rank(theta), within(1e-9));
        assertThat(p[0]).isCloseTo(1, within(1e-12));
        for (int j = 1; j < size; j++) {
            assertThat(p[j]).isLessThanOrEqualTo(p[j - 1]);
        }
    }

    @Test
    void theGradientIsAFiniteDifferenceOfTheSoftMask() {
        double[] theta = {0.5, -1, 0.25, 2};
        double[] weights = {1, -3, 2, 0.5, -1, 4, 0.25, -2};
        double rankWeight = 0.75;
        double[] gradient = FOUR_STAIRS.pullBack(theta, weights, rankWeight);
        double step = 1e-6;
        for (int d = 0; d < theta.length; d++) {
            double value = theta[d];
            theta[d] = value + step;
            double above = objective(theta, weights, rankWeight);
            theta[d] = value - step;
            double below = objective(theta, weights, rankWeight);
            theta[d] = value;
            assertThat(gradient[d]).isCloseTo((above - below) / (2 * step), within(1e-7));
        }
    }

    private static double objective(double[] theta, double[] weights, double rankWeight) {
        double[] p = FOUR_STAIRS.probabilities(theta);
        double sum = rankWeight * FOUR_STAIRS.rank(theta);
        for (int j = 0; j < p.length; j++) {
            sum += weights[j] * p[j];
        }
        return sum;
    }

    @Test
    void theHardMaskKeepsTheRoundedExpectedRank() {
        assertThat(FOUR_STAIRS.forward(new double[] {0, 2, 0, 0})).containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(FOUR_STAIRS.forward(new double[4])).containsExactly(1, 1, 1, 1, 1, 0, 0, 0);
    }

    @Test
    void pastBreakEvenTheModelSeesOnes() {
        double[] theta = {0, 0, 0, 0.7};
        assertThat(FOUR_STAIRS.rank(theta)).isGreaterThan(64 / 12.0);
        assertThat(FOUR_STAIRS.forward(theta)).containsOnly(1);
        assertThat(new StaircaseMask(EIGHT, 4, false).forward(theta)).containsOnly(1);
    }

    @ParameterizedTest
    @CsvSource({"1.5", "2", "24", "38.4", "47.9"})
    void bothInitialThetasHaveTheWantedRank(double rank) {
        StaircaseMask mask = new StaircaseMask(new Layer("q", 0, Role.Q, 48, 128), 100, true);
        assertThat(mask.rank(mask.tilt(rank))).isCloseTo(rank, within(1e-6));
        assertThat(mask.rank(mask.bump(rank))).isCloseTo(rank, within(1e-6));
    }

    @Test
    void anUnreachableRankIsTheNearestThereIs() {
        assertThat(FOUR_STAIRS.rank(FOUR_STAIRS.tilt(0.5))).isCloseTo(2, within(1e-6));
        assertThat(FOUR_STAIRS.rank(FOUR_STAIRS.tilt(9))).isCloseTo(8, within(1e-6));
    }
}
