package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** Products with weights, dense and in two factors, and rows of a table. */
abstract class LinearContract extends OperationContract {

    LinearContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 7, 3",
        "2, 3, 1",
        "3, 16, 17",
        "4, 15, 16",
        "5, 17, 31",
        "6, 8, 32",
        "7, 4, 33",
        "11, 129, 9",
        "12, 64, 64",
        "13, 65, 47",
        "23, 31, 63",
        "24, 33, 65",
        "25, 300, 130",
        "37, 2053, 19",
        "61, 96, 257",
        "1, 2048, 67",
        "97, 257, 131",
        "200, 41, 2049",
        "131, 577, 211"
    })
    void denseIsTheProductWithTheWeight(int t, int n, int m) {
        float[] x = random(t * n, 1);
        float[] w = random(m * n, 2);
        float[] b = random(m, 3);
        float[] zero = new float[m];
        Tensor input = scope().upload(x, t, n);
        Matrix weight = scope().pack(RowSource.of(w, m, n));
        assertThat(weight.rows()).isEqualTo(m);
        assertThat(weight.columns()).isEqualTo(n);

        Tensor y = scope().upload(random(t * m, 4), t, m);
        operations().linear(input, new Linear.Dense(weight, Optional.empty()), y);
        assertProduct(download(y), x, w, zero, t, n, m);

        operations().linear(input, new Linear.Dense(weight, Optional.of(scope().upload(b, 1, m))), y);
        assertProduct(download(y), x, w, b, t, n, m);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "1, 9, 1, 5",
        "3, 16, 5, 17",
        "7, 33, 32, 31",
        "12, 64, 16, 64",
        "13, 47, 29, 65",
        "41, 257, 101, 97",
        "130, 300, 37, 515",
        "2, 2049, 3, 2"
    })
    void lowRankIsTheProductWithBothFactors(int t, int n, int k, int m) {
        float[] x = random(t * n, 1);
        float[] left = random(m * k, 2);
        float[] right = random(k * n, 3);
        float[] b = random(m, 4);
        Matrix a = scope().pack(RowSource.of(left, m, k));
        Matrix c = scope().pack(RowSource.of(right, k, n));
        Tensor input = scope().upload(x, t, n);
        Tensor y = scope().tensor(t, m);

        operations().linear(input, new Linear.LowRank(a, c, Optional.empty()), y);
        assertTwoFactors(download(y), x, left, right, new float[m], t, n, k, m);

        operations().linear(input, new Linear.LowRank(a, c, Optional.of(scope().upload(b, 1, m))), y);
        assertTwoFactors(download(y), x, left, right, b, t, n, k, m);
    }

    @Test
    void aRowDependsOnNothingElseInTheBatch() {
        assumeSameBits();
        int t = 53;
        int n = 301;
        int m = 77;
        float[] x = random(t * n, 1);
        Matrix weight = scope().pack(RowSource.of(random(m * n, 2), m, n));
        Matrix left = scope().pack(RowSource.of(random(m * 19, 3), m, 19));
        Matrix right = scope().pack(RowSource.of(random(19 * n, 4), 19, n));
        for (Linear layer : new Linear[] {
            new Linear.Dense(weight, Optional.empty()), new Linear.LowRank(left, right, Optional.empty())
        }) {
            float[] together = apply(layer, x, t);
            for (int first = 0, count = 1; first < t; first += count, count++) {
                count = Math.min(count, t - first);
                assertThat(apply(layer, rows(x, n, first, count), count)).isEqualTo(rows(together, m, first, count));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 130, 600", "150, 257, 45", "200, 700, 200"})
    void threadsChangeNoBit(int t, int n, int m) {
        assumeSameBits();
        float[][] dense = new float[3][];
        float[][] factors = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            float[] x = random(t * n, 1);
            Matrix weight = scope().pack(RowSource.of(random(m * n, 2), m, n));
            Matrix left = scope().pack(RowSource.of(random(m * 23, 3), m, 23));
            Matrix right = scope().pack(RowSource.of(random(23 * n, 4), 23, n));
            dense[threads - 1] = apply(new Linear.Dense(weight, Optional.empty()), x, t);
            factors[threads - 1] = apply(new Linear.LowRank(left, right, Optional.empty()), x, t);
        }
        assertThat(dense[1]).isEqualTo(dense[0]);
        assertThat(dense[2]).isEqualTo(dense[0]);
        assertThat(factors[1]).isEqualTo(factors[0]);
        assertThat(factors[2]).isEqualTo(factors[0]);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "33, 65", "501, 64"})
    void embedCopiesRowsOfThePackedTable(int v, int n) {
        float[] table = random(v * n, 1);
        Matrix packed = scope().pack(RowSource.of(table, v, n));
        int[] ids = {0, v - 1, v / 2, 0};
        Tensor out = scope().tensor(ids.length, n);
        operations().embed(packed, ids, out);
        float[] expected = new float[ids.length * n];
        for (int r = 0; r < ids.length; r++) {
            System.arraycopy(table, ids[r] * n, expected, r * n, n);
        }
        assertThat(download(out)).isEqualTo(expected);
    }

    @Test
    void packingReadsAWeightInBlocks() {
        int m = 8192;
        int n = 32;
        ReadCounter source = new ReadCounter(m, n);
        scope().pack(source);
        assertThat(source.times).containsOnly(1);
        assertThat(source.largestRead).as("rows read at once").isLessThanOrEqualTo(m / 4);
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Matrix weight = scope().pack(RowSource.of(random(12, 1), 4, 3));
        Linear layer = new Linear.Dense(weight, Optional.empty());
        Tensor x = scope().tensor(2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().linear(scope().tensor(2, 5), layer, scope().tensor(2, 4)))
                .withMessageContaining("2 x 5")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().linear(x, layer, scope().tensor(3, 4)))
                .withMessageContaining("3 x 4")
                .withMessageContaining("2 x 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations()
                        .linear(x, new Linear.Dense(weight, Optional.of(scope().tensor(1, 3))), scope().tensor(2, 4)))
                .withMessageContaining("1 x 3")
                .withMessageContaining("1 x 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().embed(weight, new int[] {1, 4}, scope().tensor(2, 3)))
                .withMessageContaining("id 4");
    }

    private float[] apply(Linear layer, float[] x, int t) {
        Tensor y = scope().tensor(t, layer.rows());
        operations().linear(scope().upload(x, t, layer.columns()), layer, y);
        return download(y);
    }

    private void assertProduct(float[] y, float[] x, float[] w, float[] b, int t, int n, int m) {
        double[] expected = new double[t * m];
        double[] bounds = new double[t * m];
        for (int r = 0; r < t; r++) {
            for (int i = 0; i < m; i++) {
                double sum = b[i];
                double magnitude = Math.abs(b[i]);
                for (int j = 0; j < n; j++) {
                    sum += (double) w[i * n + j] * x[r * n + j];
                    magnitude += Math.abs((double) w[i * n + j] * x[r * n + j]);
                }
                expected[r * m + i] = sum;
                bounds[r * m + i] = contract().productTolerance() * magnitude;
            }
        }
        assertWithin(y, expected, bounds, t + " x " + n + " times " + n + " x " + m);
    }

    private void assertTwoFactors(
            float[] y, float[] x, float[] left, float[] right, float[] b, int t, int n, int k, int m) {
        double[] expected = new double[t * m];
        double[] bounds = new double[t * m];
        for (int r = 0; r < t; r++) {
            double[] inner = new double[k];
            double[] innerMagnitude = new double[k];
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < n; j++) {
                    inner[c] += (double) right[c * n + j] * x[r * n + j];
                    innerMagnitude[c] += Math.abs((double) right[c * n + j] * x[r * n + j]);
                }
            }
            for (int i = 0; i < m; i++) {
                expected[r * m + i] = b[i];
                bounds[r * m + i] = Math.abs(b[i]);
                for (int c = 0; c < k; c++) {
                    expected[r * m + i] += left[i * k + c] * inner[c];
                    bounds[r * m + i] += Math.abs(left[i * k + c]) * innerMagnitude[c];
                }
                bounds[r * m + i] *= contract().productTolerance();
            }
        }
        assertWithin(y, expected, bounds, t + " x " + n + " times rank " + k + " to " + m);
    }

    /** Ones, and a record of what was asked for. */
    private static final class ReadCounter implements RowSource {

        private final int rows;
        private final int columns;
        private final int[] times;
        private int largestRead;

        ReadCounter(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            this.times = new int[rows];
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public synchronized void read(int firstRow, int count, float[] into, int offset) {
            for (int i = firstRow; i < firstRow + count; i++) {
                times[i]++;
            }
            largestRead = Math.max(largestRead, count);
            Arrays.fill(into, offset, offset + count * columns, 1);
        }
    }
}
