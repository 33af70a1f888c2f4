package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** Gradients through products with weights, and with respect to the weights. */
abstract class LinearBackwardContract extends OperationContract {

    LinearBackwardContract(BackendContract contract) {
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
        "24, 33, 65",
        "25, 300, 130",
        "37, 19, 2053",
        "61, 96, 257",
        "97, 257, 131",
        "200, 41, 1025",
        "259, 577, 67"
    })
    void throughADenseLayerIsTheProductWithTheTransposedWeight(int t, int n, int m) {
        float[] dy = random(t * m, 1);
        float[] w = random(m * n, 2);
        Tensor gradient = scope().upload(dy, t, m);
        Tensor bias = scope().upload(random(m, 3), 1, m);
        Tensor dx = scope().upload(random(t * n, 4), t, n);
        backward().linear(gradient, new Linear.Dense(pack(w, m, n), Optional.of(bias)), dx);
        assertTransposedProduct(download(dx), dy, w, t, n, m);
        assertThat(download(gradient)).as("dy").isEqualTo(dy);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "1, 9, 1, 5",
        "3, 16, 5, 17",
        "7, 33, 32, 31",
        "13, 47, 29, 65",
        "41, 257, 101, 97",
        "130, 300, 37, 515",
        "2, 2, 3, 2049"
    })
    void throughTwoFactorsIsTheProductWithBothTransposed(int t, int n, int k, int m) {
        float[] dy = random(t * m, 1);
        float[] left = random(m * k, 2);
        float[] right = random(k * n, 3);
        Tensor dx = scope().tensor(t, n);
        Linear layer = new Linear.LowRank(pack(left, m, k), pack(right, k, n), Optional.empty());
        backward().linear(scope().upload(dy, t, m), layer, dx);
        double[] inner = new double[t * k];
        double[] innerMagnitudes = new double[t * k];
        addTransposedProduct(doubles(dy), left, t, k, m, inner);
        addTransposedProduct(magnitudes(dy), magnitudes(left), t, k, m, innerMagnitudes);
        double[] expected = new double[t * n];
        double[] bounds = new double[t * n];
        addTransposedProduct(inner, right, t, n, k, expected);
        addTransposedProduct(innerMagnitudes, magnitudes(right), t, n, k, bounds);
        assertWithin(download(dx), expected, scaled(bounds, 2 * contract().productTolerance()), "two factors");
    }

    @Test
    void agreesWithFiniteDifferencesOfTheForwardProduct() {
        int t = 3;
        int n = 5;
        int k = 2;
        int m = 4;
        float[] x = random(t * n, 1);
        float[] dy = random(t * m, 2);
        float[] left = random(m * k, 3);
        float[] right = random(k * n, 4);
        double[] product = NaiveMatrices.multiply(doubles(left), doubles(right), m, k, n);
        double[] expected = FiniteDifferences.gradient(
                input -> dot(dy, NaiveMatrices.multiply(input, NaiveMatrices.transpose(product, m, n), t, n, m)), x);
        Tensor dx = scope().tensor(t, n);
        Linear layer = new Linear.LowRank(pack(left, m, k), pack(right, k, n), Optional.empty());
        backward().linear(scope().upload(dy, t, m), layer, dx);
        assertCloseToLargest(download(dx), expected, 4 * contract().productTolerance(), "two factors");

        float[] w = random(m * n, 5);
        double[] expectedWeight = FiniteDifferences.gradient(
                weight -> dot(dy, NaiveMatrices.multiply(doubles(x), NaiveMatrices.transpose(weight, m, n), t, n, m)),
                w);
        Tensor dw = scope().upload(new float[m * n], m, n);
        backward().accumulateWeight(scope().upload(dy, t, m), scope().upload(x, t, n), dw);
        assertCloseToLargest(download(dw), expectedWeight, 4 * contract().productTolerance(), "weight");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 7, 3",
        "2, 3, 1",
        "3, 16, 17",
        "7, 33, 4",
        "64, 64, 64",
        "13, 65, 47",
        "300, 31, 130",
        "2053, 5, 19",
        "61, 257, 96",
        "513, 70, 221"
    })
    void theGradientOfAWeightIsAddedToWhatIsThere(int t, int n, int m) {
        float[] dy = random(t * m, 1);
        float[] x = random(t * n, 2);
        float[] before = random(m * n, 3);
        Tensor into = scope().upload(before, m, n);
        backward().accumulateWeight(scope().upload(dy, t, m), scope().upload(x, t, n), into);
        double[] expected = doubles(before);
        double[] bounds = doubles(magnitudes(before));
        for (int r = 0; r < t; r++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double product = (double) dy[r * m + i] * x[r * n + j];
                    expected[i * n + j] += product;
                    bounds[i * n + j] += Math.abs(product);
                }
            }
        }
        assertWithin(download(into), expected, scaled(bounds, contract().productTolerance()), "weight gradient");
    }

    @Test
    void aRowDependsOnNothingElseInTheBatch() {
        assumeSameBits();
        int t = 53;
        int n = 77;
        int m = 301;
        float[] dy = random(t * m, 1);
        for (Linear layer : layers(m, n)) {
            float[] together = apply(layer, dy, t);
            for (int first = 0, count = 1; first < t; first += count, count++) {
                count = Math.min(count, t - first);
                assertThat(apply(layer, rows(dy, m, first, count), count)).isEqualTo(rows(together, n, first, count));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 130, 600", "150, 257, 45", "400, 70, 530"})
    void threadsChangeNoBit(int t, int n, int m) {
        assumeSameBits();
        float[][] dense = new float[3][];
        float[][] factors = new float[3][];
        float[][] weights = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            float[] dy = random(t * m, 1);
            Linear[] layers = layers(m, n);
            dense[threads - 1] = apply(layers[0], dy, t);
            factors[threads - 1] = apply(layers[1], dy, t);
            Tensor into = scope().upload(random(m * n, 5), m, n);
            backward().accumulateWeight(scope().upload(dy, t, m), scope().upload(random(t * n, 6), t, n), into);
            weights[threads - 1] = download(into);
        }
        for (int i = 1; i < 3; i++) {
            assertThat(dense[i]).isEqualTo(dense[0]);
            assertThat(factors[i]).isEqualTo(factors[0]);
            assertThat(weights[i]).isEqualTo(weights[0]);
        }
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Linear layer = new Linear.Dense(pack(random(12, 1), 4, 3), Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().linear(scope().tensor(2, 3), layer, scope().tensor(2, 3)))
                .withMessageContaining("2 x 3")
                .withMessageContaining("2 x 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().linear(scope().tensor(2, 4), layer, scope().tensor(3, 3)))
                .withMessageContaining("3 x 3")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        backward().accumulateWeight(scope().tensor(2, 4), scope().tensor(2, 3), scope().tensor(3, 4)))
                .withMessageContaining("3 x 4")
                .withMessageContaining("4 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        backward().accumulateWeight(scope().tensor(2, 4), scope().tensor(3, 3), scope().tensor(4, 3)))
                .withMessageContaining("3 x 3")
                .withMessageContaining("2 x 3");
    }

    @Test
    void refusesToWriteOverWhatItReads() {
        Linear square = new Linear.Dense(pack(random(9, 1), 3, 3), Optional.empty());
        Tensor dy = scope().tensor(2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().linear(dy, square, dy))
                .withMessageContaining("same tensor");
    }

    private Matrix pack(float[] values, int rows, int columns) {
        return scope().pack(RowSource.of(values, rows, columns));
    }

    private Linear[] layers(int m, int n) {
        return new Linear[] {
            new Linear.Dense(pack(random(m * n, 2), m, n), Optional.empty()),
            new Linear.LowRank(pack(random(m * 19, 3), m, 19), pack(random(19 * n, 4), 19, n), Optional.empty())
        };
    }

    private float[] apply(Linear layer, float[] dy, int t) {
        Tensor dx = scope().tensor(t, layer.columns());
        backward().linear(scope().upload(dy, t, layer.rows()), layer, dx);
        return download(dx);
    }

    private void assertTransposedProduct(float[] dx, float[] dy, float[] w, int t, int n, int m) {
        double[] expected = new double[t * n];
        double[] bounds = new double[t * n];
        addTransposedProduct(doubles(dy), w, t, n, m, expected);
        addTransposedProduct(magnitudes(dy), magnitudes(w), t, n, m, bounds);
        assertWithin(
                dx, expected, scaled(bounds, contract().productTolerance()), t + " x " + m + " times " + m + " x " + n);
    }

    /** into = into + dy W; dy t by m, W m by n. */
    private static void addTransposedProduct(double[] dy, float[] w, int t, int n, int m, double[] into) {
        for (int r = 0; r < t; r++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    into[r * n + j] += dy[r * m + i] * w[i * n + j];
                }
            }
        }
    }

    private static void addTransposedProduct(float[] dy, float[] w, int t, int n, int m, double[] into) {
        addTransposedProduct(doubles(dy), w, t, n, m, into);
    }

    private static float[] magnitudes(float[] values) {
        float[] magnitudes = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            magnitudes[i] = Math.abs(values[i]);
        }
        return magnitudes;
    }

    private static double[] scaled(double[] values, double factor) {
        return NaiveMatrices.scale(values, factor);
    }
}
