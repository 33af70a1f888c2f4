package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.Tensor;

/** Norms of rows and groups of features. */
abstract class NormContract extends OperationContract {

    private static final double EPSILON = 1e-5;

    NormContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 17, 17", "2, 576, 576", "5, 2049, 2049", "7, 64, 16", "4, 60, 5", "31, 96, 48"})
    void rmsNormDividesByTheRootMeanSquareOfEachGroup(int t, int n, int width) {
        float[] x = random(t * n, 1);
        float[] weight = random(width, 2);
        double[] expected = new double[t * n];
        for (int start = 0; start < t * n; start += width) {
            double squares = 0;
            for (int j = start; j < start + width; j++) {
                squares += (double) x[j] * x[j];
            }
            for (int j = start; j < start + width; j++) {
                expected[j] = x[j] / Math.sqrt(squares / width + EPSILON) * weight[j - start];
            }
        }
        Tensor input = scope().upload(x, t, n);
        Tensor scale = scope().upload(weight, 1, width);
        Tensor out = scope().tensor(t, n);
        operations().rmsNorm(input, scale, EPSILON, out);
        assertClose(download(out), expected, contract().elementTolerance(), "rms norm");

        operations().rmsNorm(input, scale, EPSILON, input);
        assertThat(download(input)).as("in place").isEqualTo(download(out));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 17", "2, 768", "5, 2049"})
    void layerNormCentresAndScalesEachRow(int t, int n) {
        float[] x = random(t * n, 1);
        for (int i = 0; i < x.length; i++) {
            x[i] += 3;
        }
        float[] weight = random(n, 2);
        float[] bias = random(n, 3);
        double[] expected = new double[t * n];
        for (int r = 0; r < t; r++) {
            double mean = 0;
            for (int j = 0; j < n; j++) {
                mean += x[r * n + j] / (double) n;
            }
            double variance = 0;
            for (int j = 0; j < n; j++) {
                variance += Math.pow(x[r * n + j] - mean, 2) / n;
            }
            for (int j = 0; j < n; j++) {
                expected[r * n + j] = (x[r * n + j] - mean) / Math.sqrt(variance + EPSILON) * weight[j] + bias[j];
            }
        }
        Tensor out = scope().tensor(t, n);
        operations()
                .layerNorm(
                        scope().upload(x, t, n),
                        scope().upload(weight, 1, n),
                        scope().upload(bias, 1, n),
                        EPSILON,
                        out);
        // The mean is three times the spread: a rounding of x costs that much more.
        assertClose(download(out), expected, 4 * contract().elementTolerance(), "layer norm");
    }

    @Test
    void threadsAndBatchChangeNoBit() {
        assumeSameBits();
        int t = 37;
        int n = 101;
        float[] x = random(t * n, 1);
        float[][] results = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            results[threads - 1] = norms(x, t, n);
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
        assertThat(norms(rows(x, n, 20, 1), 1, n)).isEqualTo(rows(results[0], n, 20, 1));
    }

    @Test
    void refusesAWeightThatDoesNotDivideTheRow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().rmsNorm(scope().tensor(2, 6), scope().tensor(1, 4), EPSILON, scope().tensor(2, 6)))
                .withMessageContaining("2 x 6")
                .withMessageContaining("4");
    }

    private float[] norms(float[] x, int t, int n) {
        Tensor weight = scope().upload(random(n, 2), 1, n);
        Tensor out = scope().tensor(t, n);
        operations().rmsNorm(scope().upload(x, t, n), weight, EPSILON, out);
        operations().layerNorm(out, weight, weight, EPSILON, out);
        return download(out);
    }
}
