package org.rankgrid.backends.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void everyElementIsInExactlyOneTask(int threads) {
        for (int rows : new int[] {1, 5, 6, 47, 48, 97, 191, 192, 193, 385, 700, 2048}) {
            for (int units : new int[] {1, 2, 7, 48}) {
                assertEveryElementOnce(Partition.of(rows, units, threads), rows, units);
                assertEveryElementOnce(Partition.wide(rows, units, threads), rows, units);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1048576, 192", "524288, 96", "2097152, 384", "262144, 96", "67108864, 384", "1310720, 240"})
    void blocksOfRowsGrowWithTheSecondCache(long cache, int rows) {
        assertThat(Partition.mostRows(cache)).isEqualTo(rows);
    }

    private static void assertEveryElementOnce(Partition parts, int rows, int units) {
        int[][] times = new int[rows][units];
        for (int task = 0; task < parts.tasks(); task++) {
            assertThat(parts.rowCount(task)).isPositive();
            for (int r = parts.firstRow(task); r < parts.firstRow(task) + parts.rowCount(task); r++) {
                for (int u = parts.firstUnit(task); u < parts.lastUnit(task); u++) {
                    times[r][u]++;
                }
            }
        }
        for (int[] row : times) {
            assertThat(row).containsOnly(1);
        }
    }
}
