package org.rankgrid.allocators.mgaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ZScoresTest {

    @Test
    void standardScoresAreThoseOfTheMicroTest() {
        assertThat(ZScores.standard(new double[] {0.90, 0.95, 0.97, 0.98}))
                .containsExactly(new double[] {-1.622214, 0, 0.648886, 0.973329}, within(5e-7));
    }

    @Test
    void robustScoresAreClippedAtThree() {
        // Median 3, absolute deviations 2, 1, 0, 1, 97: MAD 1.
        assertThat(ZScores.robust(new double[] {1, 2, 3, 4, 100}))
                .containsExactly(new double[] {-2 / 1.4826, -1 / 1.4826, 0, 1 / 1.4826, 3}, within(1e-12));
        // An even count: median 2.5, deviations 1.5, 0.5, 0.5, 1.5: MAD 1.
        assertThat(ZScores.robust(new double[] {1, 2, 3, 4}))
                .containsExactly(
                        new double[] {-1.5 / 1.4826, -0.5 / 1.4826, 0.5 / 1.4826, 1.5 / 1.4826}, within(1e-12));
    }

    @Test
    void noSpreadMeansNoScore() {
        assertThat(ZScores.standard(new double[] {0.9, 0.9, 0.9 + 1e-14})).containsOnly(0);
        assertThat(ZScores.robust(new double[] {0.9, 0.9, 0.9, 0.2})).containsOnly(0);
        assertThat(ZScores.standard(new double[] {0, 0})).containsOnly(0);
        assertThat(ZScores.standard(new double[0])).isEmpty();
    }
}
