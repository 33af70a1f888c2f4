package org.rankgrid.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.RowSource;

class LinearWorkTest {

    private static final WeightShape SHAPE = new WeightShape(20, 30);

    @ParameterizedTest
    @EnumSource
    void theOperationsAreThoseOfTheFactors(LinearWork.Layer layer) {
        // 0.8 * 600 / 50 = 9.6: rank 9.
        double expected = layer == LinearWork.Layer.DENSE ? 2.0 * 5 * 600 : 2.0 * 5 * 9 * 50;
        try (Backend scalar = new ScalarProvider().open(1);
                LinearWork work = LinearWork.of(scalar, SHAPE, 5, layer, LinearWork.Stored.F32)) {
            assertThat(work.operations()).isEqualTo(expected);
            assertThat(work.run()).isEqualTo(work.row(4)).hasSize(20);
        }
    }

    @Test
    void bfloat16KeepsTheUpperHalf() {
        RowSource rows = LinearWork.Stored.BF16.rows(new float[] {1, 1.0000001f, -3.140625f, 0.3333f}, 2, 2);
        float[] row = new float[3];
        rows.read(1, 1, row, 1);
        assertThat(row).containsExactly(0, -3.140625f, 0.33203125f);
        rows.read(0, 1, row, 0);
        assertThat(row).startsWith(1, 1);
    }

    @Test
    void shapesAreReadAndOthersRefused() {
        assertThat(WeightShape.parse("576x1536"))
                .isEqualTo(new WeightShape(576, 1536))
                .hasToString("576x1536");
        for (String text : new String[] {"576", "0x3", "3x", "99999999x1", "3 x 4"}) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> WeightShape.parse(text))
                    .withMessageContaining("'" + text + "' is not a shape");
        }
    }
}
