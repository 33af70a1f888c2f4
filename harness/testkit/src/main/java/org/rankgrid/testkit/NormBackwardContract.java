package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.Tensor;

/** Gradients through norms of rows and of groups of features. */
abstract class NormBackwardContract extends OperationContract {

    private static final double EPSILON = 1e-5;

    NormBackwardContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 5, 5", "3, 17, 17", "2, 36, 12", "2, 60, 5", "1, 96, 48"})
    void throughTheRmsNormAgreesWithFiniteDifferences(int t, int n, int width) {
        float[] x = random(t * n, 1);
        float[] weight = random(width, 2);
        float[] dy = random(t * n, 3);
        double[] expected = FiniteDifferences.gradient(values -> dot(dy, rmsNorm(values, weight)), x);
        // Of one feature almost nothing is left: the bound is of what cancels.
        assertClose(rms(x, weight, dy, t, n), expected, 4 * contract().elementTolerance(), "rms norm");
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 5", "2, 17", "2, 67"})
    void throughTheLayerNormAgreesWithFiniteDifferences(int t, int n) {
        float[] x = random(t * n, 1);
        float[] weight = random(n, 2);
        float[] dy = random(t * n, 3);
        double[] expected = FiniteDifferences.gradient(values -> dot(dy, layerNorm(values, weight)), x);
        assertClose(layer(x, weight, dy, t, n), expected, 8 * contract().elementTolerance(), "layer norm");
    }

    @ParameterizedTest
    @CsvSource({"2, 576, 576", "5, 2049, 2049", "7, 64, 16", "31, 96, 48"})
    void throughTheRmsNormFollowsTheFormula(int t, int n, int width) {
        float[] x = random(t * n, 1);
        float[] weight = random(width, 2);
        float[] dy = random(t * n, 3);
        double[] expected = new double[t * n];
        for (int start = 0; start < t * n; start += width) {
            double squares = 0;
            double product = 0;
            for (int j = start; j < start + width; j++) {
                squares += (double) x[j] * x[j];
                product += (double) dy[j] * weight[j - start] * x[j];
            }
            double r = 1 / Math.sqrt(squares / width + EPSILON);
            for (int j = start; j < start + width; j++) {
                expected[j] = r * (dy[j] * (double) weight[j - start] - x[j] * r * r * product / width);
            }
        }
        assertClose(rms(x, weight, dy, t, n), expected, 2 * contract().elementTolerance(), "rms norm");
    }

    @ParameterizedTest
    @CsvSource({"2, 768", "5, 2049", "3, 100"})
    void throughTheLayerNormFollowsTheFormula(int t, int n) {
        float[] x = random(t * n, 1);
        for (int i = 0; i < x.length; i++) {
            x[i] += 3;
        }
        float[] weight = random(n, 2);
        float[] dy = random(t * n, 3);
        double[] expected = new double[t * n];
        for (int start = 0; start < t * n; start += n) {
            double mean = 0;
            for (int j = start; j < start + n; j++) {
                mean += x[j] / (double) n;
            }
            double variance = 0;
            for (int j = start; j < start + n; j++) {
                variance += Math.pow(x[j] - mean, 2) / n;
            }
            double r = 1 / Math.sqrt(variance + EPSILON);
            double gradientMean = 0;
            double productMean = 0;
            for (int j = start; j < start + n; j++) {
                double g = dy[j] * (double) weight[j - start];
                gradientMean += g / n;
                productMean += g * (x[j] - mean) * r / n;
            }
            for (int j = start; j < start + n; j++) {
                double g = dy[j] * (double) weight[j - start];
                expected[j] = r * (g - gradientMean - (x[j] - mean) * r * productMean);
            }
        }
        assertClose(layer(x, weight, dy, t, n), expected, 4 * contract().elementTolerance(), "layer norm");
    }

    @Test
    void theGradientMayTakeThePlaceOfWhatItComesFrom() {
        int t = 7;
        int n = 52;
        Tensor x = scope().upload(random(t * n, 1), t, n);
        float[] dy = random(t * n, 2);
        Tensor out = scope().tensor(t, n);
        for (int width : new int[] {n, 13}) {
            Tensor weight = scope().upload(random(width, 3), 1, width);
            Tensor gradient = scope().upload(dy, t, n);
            backward().rmsNorm(x, weight, EPSILON, gradient, out);
            backward().rmsNorm(x, weight, EPSILON, gradient, gradient);
            assertThat(download(gradient)).isEqualTo(download(out));
        }
        Tensor weight = scope().upload(random(n, 3), 1, n);
        Tensor gradient = scope().upload(dy, t, n);
        backward().layerNorm(x, weight, EPSILON, gradient, out);
        backward().layerNorm(x, weight, EPSILON, gradient, gradient);
        assertThat(download(gradient)).isEqualTo(download(out));
    }

    @Test
    void threadsAndBatchChangeNoBit() {
        assumeSameBits();
        int t = 371;
        int n = 101;
        float[] x = random(t * n, 1);
        float[] weight = random(n, 2);
        float[] dy = random(t * n, 3);
        float[][] rms = new float[3][];
        float[][] layer = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            rms[threads - 1] = rms(x, weight, dy, t, n);
            layer[threads - 1] = layer(x, weight, dy, t, n);
        }
        for (int i = 1; i < 3; i++) {
            assertThat(rms[i]).isEqualTo(rms[0]);
            assertThat(layer[i]).isEqualTo(layer[0]);
        }
        float[] row = rows(x, n, 200, 1);
        assertThat(rms(row, weight, rows(dy, n, 200, 1), 1, n)).isEqualTo(rows(rms[0], n, 200, 1));
        assertThat(layer(row, weight, rows(dy, n, 200, 1), 1, n)).isEqualTo(rows(layer[0], n, 200, 1));
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Tensor x = scope().tensor(2, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().rmsNorm(x, scope().tensor(1, 4), EPSILON, x, scope().tensor(2, 6)))
                .withMessageContaining("2 x 6")
                .withMessageContaining("4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().rmsNorm(x, scope().tensor(1, 6), EPSILON, scope().tensor(3, 6), x))
                .withMessageContaining("2 x 6")
                .withMessageContaining("3 x 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().layerNorm(x, scope().tensor(1, 3), EPSILON, x, scope().tensor(2, 6)))
                .withMessageContaining("1 x 3")
                .withMessageContaining("1 x 6");
    }

    private float[] rms(float[] x, float[] weight, float[] dy, int t, int n) {
        Tensor dx = scope().tensor(t, n);
        Tensor scale = scope().upload(weight, 1, weight.length);
        backward().rmsNorm(scope().upload(x, t, n), scale, EPSILON, scope().upload(dy, t, n), dx);
        return download(dx);
    }

    private float[] layer(float[] x, float[] weight, float[] dy, int t, int n) {
        Tensor dx = scope().tensor(t, n);
        Tensor scale = scope().upload(weight, 1, n);
        backward().layerNorm(scope().upload(x, t, n), scale, EPSILON, scope().upload(dy, t, n), dx);
        return download(dx);
    }

    private static double[] rmsNorm(double[] x, float[] weight) {
        int width = weight.length;
        double[] normed = new double[x.length];
        for (int start = 0; start < x.length; start += width) {
            double squares = 0;
            for (int j = start; j < start + width; j++) {
                squares += x[j] * x[j];
            }
            for (int j = start; j < start + width; j++) {
                normed[j] = x[j] / Math.sqrt(squares / width + EPSILON) * weight[j - start];
            }
        }
        return normed;
    }

    private static double[] layerNorm(double[] x, float[] weight) {
        int n = weight.length;
        double[] centred = new double[x.length];
        for (int start = 0; start < x.length; start += n) {
            double mean = 0;
            for (int j = start; j < start + n; j++) {
                mean += x[j] / n;
            }
            for (int j = start; j < start + n; j++) {
                centred[j] = x[j] - mean;
            }
        }
        return rmsNorm(centred, weight);
    }
}
