package org.rankgrid.allocators.localsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BeliefsTest {

    @Test
    void oneObservationIsTheConjugateNormal() {
        Beliefs beliefs = new Beliefs(1, 1, new Random(1));
        beliefs.observe(new double[] {2}, 6, 0.5);
        // Precision 1 + 4 / 0.5 = 9, mean (2 * 6 / 0.5) / 9.
        assertThat(beliefs.mean()[0]).isCloseTo(24 / 9.0, within(1e-12));
        assertThat(beliefs.variance(new double[] {1})).isCloseTo(1 / 9.0, within(1e-12));
    }

    @Test
    void twoFactorsAreTheNormalEquations() {
        Beliefs beliefs = new Beliefs(2, 1, new Random(1));
        beliefs.observe(new double[] {1, 1}, 3, 1);
        beliefs.observe(new double[] {1, -1}, 1, 1);
        // (I + H'H) x = H'y with H'H = 2 I: x = (4, 2) / 3.
        assertThat(beliefs.mean()).containsExactly(new double[] {4 / 3.0, 2 / 3.0}, within(1e-12));
        assertThat(beliefs.variance(new double[] {3, 4})).isCloseTo(25 / 3.0, within(1e-12));
    }

    @Test
    void samplesAreDrawnFromTheBelief() {
        int samples = 20_000;
        Beliefs beliefs = new Beliefs(2, samples, new Random(7));
        beliefs.observe(new double[] {1, 1}, 3, 1);
        beliefs.observe(new double[] {1, 0.5}, 1, 0.25);
        double[] weights = {1, -2};
        double mean = 0;
        double squares = 0;
        for (int s = 0; s < samples; s++) {
            double value = beliefs.sample(s)[0] - 2 * beliefs.sample(s)[1];
            mean += value / samples;
            squares += value * value / samples;
        }
        double expected = beliefs.mean()[0] - 2 * beliefs.mean()[1];
        assertThat(mean).isCloseTo(expected, within(0.05));
        assertThat(squares - mean * mean).isCloseTo(beliefs.variance(weights), within(0.1));
    }
}
