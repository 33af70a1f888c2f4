package org.rankgrid.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class OracleTest {

    @Test
    void aWrongResultIsNotTimed() {
        assertThatCode(() -> Oracle.require("y[0]", 1.000001, 1, 1)).doesNotThrowAnyException();
        assertThatIllegalStateException()
                .isThrownBy(() -> Oracle.require("y[0]", 1.0001, 1, 1))
                .withMessageContaining("y[0] is 1.0001");
        assertThatIllegalStateException().isThrownBy(() -> Oracle.require("y[0]", Double.NaN, 1, 1));
        assertThatIllegalStateException().isThrownBy(() -> Oracle.require("y[0]", 1, Double.NaN, 1));
    }

    @Test
    void samplesHoldBothEnds() {
        assertThat(Oracle.sample(1, 3)).containsExactly(0);
        assertThat(Oracle.sample(2, 3)).containsExactly(0, 1);
        assertThat(Oracle.sample(100, 4)).containsExactly(0, 33, 66, 99);
    }

    @Test
    void aProductIsRowTimesColumn() {
        float[] matrix = {1, 2, 3, -4, 5, 6};
        assertThat(Oracle.dot(matrix, 1, new double[] {1, 1, 0.5})).containsExactly(4, 12);
        assertThat(Oracle.row(matrix, 1, 3)).containsExactly(-4, 5, 6);
    }
}
