package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CappedSharesTest {

    @Test
    void sharesWithoutACapAreProportional() {
        assertThat(CappedShares.of(new double[] {1, 2, 5}, 4, 10)).containsExactly(0.5, 1, 2.5);
    }

    /** FLAT-LLM's loop (ALGORITHMS D.6). */
    @Test
    void whatTheCapCutsOffGoesToTheOthers() {
        assertThat(CappedShares.of(new double[] {.20, .08, .06, .06}, 2.8, 1))
                .containsExactly(new double[] {1, .72, .54, .54}, within(1e-12));
    }

    @Test
    void equalWeightsAndZerosAreSharedEqually() {
        assertThat(CappedShares.of(new double[4], 2, 1)).containsExactly(.5, .5, .5, .5);
        assertThat(CappedShares.of(new double[] {3, 0, 0}, 2, 1)).containsExactly(1, .5, .5);
    }

    @Test
    void aTotalBeyondAllCapsGivesEveryoneTheCap() {
        assertThat(CappedShares.of(new double[] {1, 2, 0}, 9, 1)).containsExactly(1, 1, 1);
    }

    @Test
    void sharesAddUpKeepTheirOrderAndStayBelowTheCap() {
        Random random = new Random(2);
        for (int round = 0; round < 1000; round++) {
            double[] weights = random.doubles(1 + random.nextInt(8))
                    .map(weight -> Math.pow(weight, 4))
                    .sorted()
                    .toArray();
            double total = random.nextDouble() * weights.length;
            double[] shares = CappedShares.of(weights, total, 1);
            assertThat(Arrays.stream(shares).sum()).isCloseTo(total, within(1e-9));
            assertThat(shares).isSorted();
            assertThat(shares[shares.length - 1]).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void refusesWhatCannotBeShared() {
        assertThatIllegalArgumentException().isThrownBy(() -> CappedShares.of(new double[] {-1}, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CappedShares.of(new double[] {Double.NaN}, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CappedShares.of(new double[] {1}, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CappedShares.of(new double[] {1}, 1, 0));
    }
}
