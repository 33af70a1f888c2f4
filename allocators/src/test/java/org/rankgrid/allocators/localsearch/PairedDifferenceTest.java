package org.rankgrid.allocators.localsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rankgrid.spi.allocate.Trial;

class PairedDifferenceTest {

    private static Trial trial(double... nll) {
        return new Trial(nll, new double[0], true);
    }

    @Test
    void isTheMeanAndItsStandardErrorOnCommonSequences() {
        PairedDifference difference = PairedDifference.of(trial(1, 2, 3), trial(2, 2, 5, 9));
        assertThat(difference.mean()).isCloseTo(-1, within(1e-12));
        // Deviations 0, 1, -1: variance 1, over 3 sequences.
        assertThat(difference.standardError()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-12));
    }

    @Test
    void betterMeansBelowZeroByStandardErrors() {
        PairedDifference difference = new PairedDifference(-1, 0.6);
        assertThat(difference.isBetterBy(0)).isTrue();
        assertThat(difference.isBetterBy(1)).isTrue();
        assertThat(difference.isBetterBy(2)).isFalse();
        assertThat(new PairedDifference(0, 0).isBetterBy(0)).isFalse();
        assertThat(new PairedDifference(1e-9, 0).isBetterBy(0)).isFalse();
        assertThat(PairedDifference.of(trial(1), trial(2)).isBetterBy(3)).isTrue();
    }
}
