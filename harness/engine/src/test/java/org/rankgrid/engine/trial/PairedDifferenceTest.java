package org.rankgrid.engine.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

    @Test
    void theMeanIsHeldAgainstItsStandardError() {
        // Mean 0.25, sample deviation 0.5, standard error 0.25.
        PairedDifference difference = of(1, 0, 0, 0);

        assertThat(difference.isAboveZero(0.99)).isTrue();
        assertThat(difference.isAboveZero(1.01)).isFalse();
    }

    @Test
    void noDifferenceIsNotAboveZero() {
        assertThat(of(0, 0, 0, 0).isAboveZero(0)).isFalse();
        assertThat(of(-1, -1, -1, -1).isAboveZero(0)).isFalse();
        assertThat(of(0.1, 0.1, 0.1, 0.1).isAboveZero(1000)).isTrue();
    }

    @Test
    void aLossThatIsNotFiniteIsWorseThanAnyThatIs() {
        assertThat(of(-1, Double.POSITIVE_INFINITY, -1, -1).isAboveZero(10)).isTrue();
        assertThat(of(1, Double.NEGATIVE_INFINITY, 1, 1).isAboveZero(0)).isFalse();
        assertThat(of(1, Double.NaN, Double.POSITIVE_INFINITY, 1).isAboveZero(0))
                .isFalse();
    }

    private static PairedDifference of(double... values) {
        PairedDifference difference = new PairedDifference();
        for (double value : values) {
            difference.add(value);
        }
        return difference;
    }
}
