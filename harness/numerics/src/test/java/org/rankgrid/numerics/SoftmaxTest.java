package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {

    @Test
    void isTheMicroTestOfTheNotes() {
        assertThat(Softmax.of(new double[] {0, 2, 0, 0}))
                .containsExactly(new double[] {0.096255, 0.711235, 0.096255, 0.096255}, within(5e-7));
    }

    @Test
    void survivesLargeValues() {
        assertThat(Softmax.of(new double[] {1e6, 1e6, -1e6})).containsExactly(0.5, 0.5, 0);
    }

    @Test
    void theGradientIsAFiniteDifference() {
        double[] values = {0.3, -1, 2, 0};
        double[] weights = {1, -2, 0.5, 4};
        double[] back = Softmax.pullBack(Softmax.of(values), weights);
        double step = 1e-6;
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            values[i] = value + step;
            double above = weighted(values, weights);
            values[i] = value - step;
            double below = weighted(values, weights);
            values[i] = value;
            assertThat(back[i]).isCloseTo((above - below) / (2 * step), within(1e-8));
        }
    }

    @Test
    void refusesWhatHasNoSoftmax() {
        assertThatIllegalArgumentException().isThrownBy(() -> Softmax.of(new double[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Softmax.of(new double[] {0, Double.NaN}));
        assertThatIllegalArgumentException().isThrownBy(() -> Softmax.pullBack(new double[1], new double[2]));
    }

    private static double weighted(double[] values, double[] weights) {
        double[] shares = Softmax.of(values);
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i] * weights[i];
        }
        return sum;
    }
}
