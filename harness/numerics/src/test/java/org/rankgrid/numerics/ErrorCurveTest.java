package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

class ErrorCurveTest {

    private static final Layer SQUARE = new Layer("square", 0, Role.Q, 6, 6);

    @Test
    void dropsComponentsFromTheTail() {
        ErrorCurve curve = ErrorCurve.ofTail(SQUARE, new double[] {32, 16, 8, 4, 2, 1}, true);
        assertThat(curve.points()).isEqualTo(3);
        assertThat(new double[] {curve.error(0), curve.error(1), curve.error(2)})
                .containsExactly(31, 15, 0);
        assertThat(new long[] {curve.cost(0), curve.cost(1), curve.cost(2)}).containsExactly(12, 24, 36);
        assertThat(new int[] {curve.rank(0), curve.rank(1), curve.rank(2)}).containsExactly(1, 2, RankPlan.DENSE);
    }

    @Test
    void endsAtTheLargestSavingRankWithoutDense() {
        ErrorCurve curve = ErrorCurve.ofTail(SQUARE, new double[] {32, 16, 8, 4, 2, 1}, false);
        assertThat(curve.points()).isEqualTo(2);
    }

    @Test
    void aLayerThatNoRankMakesSmallerIsAlwaysDense() {
        ErrorCurve curve = ErrorCurve.ofTail(new Layer("tiny", 0, Role.Q, 1, 9), new double[] {7}, false);
        assertThat(curve.points()).isEqualTo(1);
        assertThat(curve.rank(0)).isEqualTo(RankPlan.DENSE);
        assertThat(curve.cost(0)).isEqualTo(9);
        assertThat(curve.error(0)).isZero();
    }

    @Test
    void errorsMayRiseAndDenseHasTheLast() {
        ErrorCurve curve = ErrorCurve.of(SQUARE, new double[] {3, -1, 0, 0, 0, 2}, true);
        assertThat(new double[] {curve.error(0), curve.error(1), curve.error(2)})
                .containsExactly(3, -1, 2);
    }

    @Test
    void refusesWhatIsNoCurve() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorCurve.ofTail(SQUARE, new double[] {1}, true))
                .withMessage("1 components for square, which has 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorCurve.ofTail(SQUARE, new double[] {1, 1, Double.NaN, 1, 1, 1}, true))
                .withMessage("an error of square is NaN");
    }
}
