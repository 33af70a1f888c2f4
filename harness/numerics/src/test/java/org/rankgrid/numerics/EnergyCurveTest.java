package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EnergyCurveTest {

    @Test
    void addsUpTheLeadingShares() {
        EnergyCurve curve = EnergyCurve.of(new double[] {5, 3, 2}, 0);
        assertThat(curve.fullRank()).isEqualTo(3);
        assertThat(curve.retained(1)).isEqualTo(0.5);
        assertThat(curve.retained(2)).isCloseTo(0.8, within(1e-15));
        assertThat(curve.retained(3)).isEqualTo(1);
    }

    @Test
    void findsTheSmallestRankThatReachesAShare() {
        EnergyCurve curve = EnergyCurve.of(new double[] {4, 2, 2, 0, 0}, 0);
        assertThat(curve.rankFor(0)).isEqualTo(1);
        assertThat(curve.rankFor(0.5)).isEqualTo(1);
        assertThat(curve.rankFor(Math.nextUp(0.5))).isEqualTo(2);
        assertThat(curve.rankFor(0.75)).isEqualTo(2);
        assertThat(curve.rankFor(1)).isEqualTo(3);
    }

    @Test
    void skippedValuesAreKeptFirstAndNotCounted() {
        EnergyCurve curve = EnergyCurve.of(new double[] {1000, 3, 1}, 1);
        assertThat(curve.retained(1)).isZero();
        assertThat(curve.retained(2)).isEqualTo(0.75);
        assertThat(curve.rankFor(0.1)).isEqualTo(2);
    }

    @Test
    void nothingLeftToLoseIsReachedAtOnce() {
        assertThat(EnergyCurve.of(new double[] {0, 0, 0}, 0).rankFor(1)).isEqualTo(1);
        assertThat(EnergyCurve.of(new double[] {7, 6, 0}, 2).rankFor(1)).isEqualTo(2);
        assertThat(EnergyCurve.of(new double[] {7, 6}, 9).rankFor(1)).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoSpectrum() {
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyCurve.of(new double[0], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyCurve.of(new double[] {1}, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyCurve.of(new double[] {1, -1e-9}, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> EnergyCurve.of(new double[] {Double.NaN}, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnergyCurve.of(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}, 0));
    }
}
