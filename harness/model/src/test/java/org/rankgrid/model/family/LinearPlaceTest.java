package org.rankgrid.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.rankgrid.model.family.LinearPlace.RowPattern;
import org.rankgrid.spi.compute.RowSource;

class LinearPlaceTest {

    /** Value 1000 r + c at row r and column c. */
    private static RowSource numbered(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1000 * (i / columns) + i % columns;
        }
        return RowSource.of(values, rows, columns);
    }

    private static void assertRead(RowSource source, IntFunction<int[]> row) {
        float[] all = source.readAll();
        int columns = source.columns();
        for (int first = 0; first < source.rows(); first++) {
            for (int count = 1; first + count <= source.rows(); count++) {
                float[] some = new float[count * columns + 3];
                source.read(first, count, some, 3);
                for (int i = 0; i < count; i++) {
                    for (int c = 0; c < columns; c++) {
                        int[] expected = row.apply(first + i);
                        float value = expected[0] < 0 ? 1000f * c + expected[1] : 1000f * expected[0] + c;
                        assertThat(some[3 + i * columns + c]).isEqualTo(value);
                        assertThat(all[(first + i) * columns + c]).isEqualTo(value);
                    }
                }
            }
        }
    }

    @Test
    void aWholeTensorIsReadAsItIs() {
        RowSource stored = numbered(5, 3);
        assertThat(LinearPlace.whole("w").weight(stored, 5)).isSameAs(stored);
    }

    @Test
    void aSliceIsSomeConsecutiveRows() {
        RowSource slice = LinearPlace.slice("w", "[k]", 12, 5, 4, false).weight(numbered(12, 3), 4);
        assertThat(slice.rows()).isEqualTo(4);
        assertRead(slice, row -> new int[] {5 + row, 0});
    }

    @Test
    void rowsMayBeInterleavedByHead() {
        LinearPlace place = new LinearPlace("w", "[k]", Optional.of(new RowPattern(18, 2, 2, 6)), false);
        int[] stored = {2, 3, 8, 9, 14, 15};
        assertRead(place.weight(numbered(18, 3), 6), row -> new int[] {stored[row], 0});
        assertThat(place.storedShape(6, 3)).containsExactly(18, 3);
        assertThat(place.bias(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}, 6))
                .containsExactly(2, 3, 8, 9, 14, 15);
    }

    @Test
    void aTransposedSliceIsSomeConsecutiveColumns() {
        LinearPlace place = LinearPlace.slice("w", "[v]", 9, 6, 3, true);
        RowSource slice = place.weight(numbered(7, 9), 3);
        assertThat(slice.columns()).isEqualTo(7);
        assertRead(slice, row -> new int[] {-1, 6 + row});
        assertThat(place.storedShape(3, 7)).containsExactly(7, 9);
    }

    @Test
    void aLargeTransposedWeightIsReadInBands() {
        int m = 3000;
        int n = 3001;
        float[] values = new float[m * n];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        RowSource source = LinearPlace.transposed("w").weight(RowSource.of(values, n, m), m);
        float[] row = new float[n];
        for (int r : new int[] {0, 1397, 1398, 2795, 2796, 2999, 5}) {
            source.read(r, 1, row, 0);
            for (int c = 0; c < n; c++) {
                assertThat(row[c]).isEqualTo(values[c * m + r]);
            }
        }
    }
}
