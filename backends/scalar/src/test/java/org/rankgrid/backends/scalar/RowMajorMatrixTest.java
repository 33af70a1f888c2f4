package org.rankgrid.backends.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.RowSource;

class RowMajorMatrixTest {

    private static final RowSource SOURCE = RowSource.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    @Test
    void aLeadingPartIsAViewOfTheSameMemory() {
        try (Arena arena = Arena.ofConfined()) {
            RowMajorMatrix matrix = RowMajorMatrix.pack(SOURCE, arena);
            RowMajorMatrix part = matrix.leading(2, 2);
            float[] row = new float[2];
            part.readRow(1, row);
            assertThat(row).containsExactly(4, 5);
            assertThat(part.stride()).isEqualTo(3);
            assertThat(part.offset(1)).isEqualTo(3);
            assertThat(part.data()).isSameAs(matrix.data());
            assertThat(part.leading(1, 1).rows()).isEqualTo(1);
        }
    }

    @Test
    void rowsMayBeFilledInBlocks() {
        try (Arena arena = Arena.ofConfined()) {
            RowMajorMatrix matrix = new RowMajorMatrix(arena, 2, 3);
            matrix.fill(SOURCE, 1, 1);
            float[] row = new float[3];
            matrix.readRow(0, row);
            assertThat(row).containsOnly(0);
            matrix.readRow(1, row);
            assertThat(row).containsExactly(4, 5, 6);
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            RowMajorMatrix matrix = RowMajorMatrix.pack(SOURCE, arena);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> matrix.leading(2, 4))
                    .withMessageContaining("2 x 3")
                    .withMessageContaining("2 x 4");
            assertThatIllegalArgumentException().isThrownBy(() -> matrix.leading(0, 1));
            assertThatIllegalStateException()
                    .isThrownBy(() -> matrix.leading(2, 2).fill(SOURCE, 0, 1));
        }
    }
}
