package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

class KeptSharesTest {

    private static final List<Layer> LAYERS =
            List.of(new Layer("a", 0, Role.Q, 40, 40), new Layer("b", 1, Role.UP, 30, 60));

    @Test
    void aShareOfTheParametersIsAShareOfTheBreakEvenRank() {
        assertThat(KeptShares.wish(LAYERS, layer -> 0.5)).isEqualTo(new RankWish(10, 10));
    }

    @Test
    void allIsDenseAndLessThanNothingIsNothing() {
        assertThat(KeptShares.wish(LAYERS, layer -> layer.block() == 0 ? 1 : -0.5))
                .isEqualTo(new RankWish(RankWish.DENSE, 0));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeptShares.wish(LAYERS, layer -> Double.NaN));
    }
}
