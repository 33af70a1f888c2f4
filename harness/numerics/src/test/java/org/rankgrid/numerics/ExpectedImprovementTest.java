package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedImprovementTest {

    @Test
    void atTheBestValueItIsTheDeviationOverTheRootOfTwoPi() {
        assertThat(ExpectedImprovement.of(5, 5, 3)).isCloseTo(3 / Math.sqrt(2 * Math.PI), within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.2, 0.5", "1, 3, 2", "0, -4, 1", "2, 2.5, 0.1"})
    void isTheMeanGainOfANormalValue(double best, double mean, double deviation) {
        // The integral of max(0, best - value) times the density, by the midpoint rule.
        double sum = 0;
        double step = 1e-4;
        for (double u = -10 + step / 2; u < 10; u += step) {
            double gain = Math.max(0, best - mean - deviation * u);
            sum += gain * Math.exp(-0.5 * u * u) / Math.sqrt(2 * Math.PI) * step;
        }
        assertThat(ExpectedImprovement.of(best, mean, deviation)).isCloseTo(sum, within(1e-6));
    }

    @Test
    void isNothingWithoutUncertaintyAndNeverNegative() {
        assertThat(ExpectedImprovement.of(1, 0, 0)).isZero();
        assertThat(ExpectedImprovement.of(0, 40, 1)).isNotNegative().isLessThan(1e-100);
    }
}
