package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamWTest {

    @Test
    void theFirstStepIsTheLearningRateAgainstTheSignOfTheGradient() {
        double[] x = {1, 1, 1};
        new AdamW(3, AdamW.Settings.of(0.1)).step(x, new double[] {1e3, -1e-3, 0});
        assertThat(x).containsExactly(new double[] {0.9, 1.1, 1}, within(1e-6));
    }

    @Test
    void aSecondStepIsAsByHand() {
        // g = 1, then 3; moments by hand with beta1 = 0.5, beta2 = 0.75:
        // m = 0.5 then 1.75, corrected 1.75 / 0.75 = 7/3; v = 0.25 then 0.1875 + 2.25 = 2.4375, corrected / 0.4375.
        double[] x = {2};
        AdamW optimiser = new AdamW(1, new AdamW.Settings(0.1, 0.5, 0.75, 1e-12, 0));
        optimiser.step(x, new double[] {1});
        assertThat(x[0]).isCloseTo(1.9, within(1e-9));
        optimiser.step(x, new double[] {3});
        assertThat(x[0]).isCloseTo(1.9 - 0.1 * (7.0 / 3) / Math.sqrt(2.4375 / 0.4375), within(1e-9));
    }

    @Test
    void decayDoesNotPassThroughTheMoments() {
        double[] x = {10};
        AdamW optimiser = new AdamW(1, new AdamW.Settings(0.1, 0.9, 0.999, 1e-8, 0.5));
        optimiser.step(x, new double[] {0});
        optimiser.step(x, new double[] {0});
        assertThat(x[0]).isCloseTo(10 * 0.95 * 0.95, within(1e-12));
    }

    @Test
    void findsTheMinimumOfAnIllConditionedQuadratic() {
        double[] x = {5, -3};
        AdamW optimiser = new AdamW(2, AdamW.Settings.of(0.05));
        for (int step = 0; step < 3000; step++) {
            optimiser.step(x, new double[] {1000 * (x[0] - 1), 0.01 * (x[1] - 2)});
        }
        assertThat(x).containsExactly(new double[] {1, 2}, within(1e-3));
    }

    @Test
    void refusesWhatItCannotUse() {
        AdamW optimiser = new AdamW(1, AdamW.Settings.of(0.1));
        double[] x = {1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimiser.step(x, new double[] {Double.NaN}))
                .withMessage("gradient 0 is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> optimiser.step(x, new double[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> AdamW.Settings.of(Double.NaN));
        assertThat(x).containsExactly(1);
    }
}
