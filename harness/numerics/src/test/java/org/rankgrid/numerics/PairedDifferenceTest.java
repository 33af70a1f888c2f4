package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void isTheMeanAndItsStandardErrorOfWhatBothHave() {
        PairedDifference difference = PairedDifference.of(new double[] {1, 2, 3}, new double[] {2, 2, 5, 9});

        assertThat(difference.mean()).isCloseTo(-1, within(1e-12));
        // Deviations 0, 1, -1: variance 1, over 3 pairs.
        assertThat(difference.standardError()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-12));
    }

    @Test
    void theMeanIsHeldAgainstItsStandardError() {
        // Mean 0.25, sample deviation 0.5, standard error 0.25.
        assertThat(of(1, 0, 0, 0).isAboveZero(0.99)).isTrue();
        assertThat(of(1, 0, 0, 0).isAboveZero(1.01)).isFalse();
        assertThat(of(-1, 0, 0, 0).isBelowZero(0.99)).isTrue();
        assertThat(of(-1, 0, 0, 0).isBelowZero(1.01)).isFalse();
    }

    @Test
    void noDifferenceIsOnNeitherSide() {
        assertThat(of(0, 0, 0, 0).isAboveZero(0)).isFalse();
        assertThat(of(0, 0, 0, 0).isBelowZero(0)).isFalse();
        assertThat(of(-1, -1).isAboveZero(0)).isFalse();
        assertThat(of(1, 1).isBelowZero(0)).isFalse();
    }

    @Test
    void withoutASpreadAnyDifferenceIsDecided() {
        assertThat(of(0.1, 0.1, 0.1, 0.1).isAboveZero(1000)).isTrue();
        assertThat(of(-1).isBelowZero(3)).isTrue();
        assertThat(of(1e-9).isBelowZero(0)).isFalse();
    }

    @Test
    void anInfiniteLossIsWorseThanAnyThatIsFinite() {
        assertThat(of(-1, INFINITE, -1, -1).isAboveZero(10)).isTrue();
        assertThat(of(-1, INFINITE, -1, -1).isBelowZero(0)).isFalse();
        assertThat(of(-1, INFINITE).mean()).isEqualTo(INFINITE);
    }

    @Test
    void againstAnInfiniteRivalOrWithoutADifferenceNothingIsDecided() {
        for (PairedDifference difference : List.of(of(1, -INFINITE, 1), of(-1, Double.NaN, INFINITE), of())) {
            assertThat(difference.mean()).isNaN();
            assertThat(difference.isAboveZero(0)).isFalse();
            assertThat(difference.isBelowZero(0)).isFalse();
        }
    }

    private static PairedDifference of(double... differences) {
        PairedDifference all = new PairedDifference();
        for (double difference : differences) {
            all.add(difference);
        }
        return all;
    }
}
