package org.rankgrid.allocators.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

class ExpectedSizeTest {

    /** 100 and 300 parameters, break-even at 5 and 7.5. */
    private static final List<Layer> LAYERS =
            List.of(new Layer("q", 0, Role.Q, 10, 10), new Layer("up", 0, Role.UP, 30, 10));

    private static final ExpectedSize SIZE = new ExpectedSize(LAYERS);

    @Test
    void aLayerCostsAtMostItsDenseWeight() {
        assertThat(SIZE.share(new double[] {2.5, 7.5})).isCloseTo(350 / 400.0, within(1e-12));
        assertThat(SIZE.share(new double[] {2.5, 9})).isCloseTo(350 / 400.0, within(1e-12));
        assertThat(SIZE.denseLayers(new double[] {2.5, 9})).isEqualTo(1);
        assertThat(SIZE.slope(0, 2.5)).isCloseTo(20 / 400.0, within(1e-12));
        assertThat(SIZE.slope(1, 9)).isZero();
    }

    @Test
    void scalingDownMeetsTheBudgetInProportion() {
        double[] scaled = SIZE.scaledTo(Budget.of(new BigDecimal("0.5"), LAYERS), new double[] {4, 6});
        assertThat(scaled).containsExactly(new double[] {2.5, 3.75}, within(1e-9));
    }

    @Test
    void scalingUpMakesDenseWhatReachesBreakEven() {
        double[] scaled = SIZE.scaledTo(Budget.of(new BigDecimal("0.2"), LAYERS), new double[] {1, 8});
        // The second layer takes 300 whatever its scale from 0.9375 on; 20 are left for the first.
        assertThat(scaled[0]).isCloseTo(1, within(1e-9));
        assertThat(scaled[1]).isEqualTo(RankWish.DENSE);
    }

    @Test
    void aBudgetForEverythingMakesEverythingDense() {
        assertThat(SIZE.scaledTo(Budget.of(BigDecimal.ZERO, LAYERS), new double[] {1e-3, 3}))
                .containsOnly(RankWish.DENSE);
    }
}
