package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.Tensor;

/** Sums, activations and gates. */
abstract class ElementWiseContract extends OperationContract {

    ElementWiseContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 5", "7, 17", "2, 4099", "61, 33"})
    void addAddsInPlace(int t, int n) {
        float[] a = random(t * n, 1);
        float[] b = random(t * n, 2);
        Tensor x = scope().upload(a, t, n);
        Tensor into = scope().upload(b, t, n);
        operations().add(x, into);
        float[] expected = new float[t * n];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = a[i] + b[i];
        }
        assertThat(download(into)).isEqualTo(expected);
        assertThat(download(x)).isEqualTo(a);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 5", "7, 17", "2, 4099", "61, 33"})
    void scaleColumnsMultipliesEveryRowByTheFactors(int t, int n) {
        float[] values = random(t * n, 1);
        float[] factors = random(n, 2);
        Tensor x = scope().upload(values, t, n);
        Tensor out = scope().tensor(t, n);
        operations().scaleColumns(x, scope().upload(factors, 1, n), out);
        float[] expected = new float[t * n];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = values[i] * factors[i % n];
        }
        assertThat(download(out)).isEqualTo(expected);
        assertThat(download(x)).isEqualTo(values);

        operations().scaleColumns(x, scope().upload(factors, 1, n), x);
        assertThat(download(x)).as("in place").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1", "3, 5, 4", "7, 40, 17", "2, 4099, 4096", "61, 33, 1"})
    void scaleColumnsTakesTheFirstColumnsWhereOutIsNarrower(int t, int n, int k) {
        float[] values = random(t * n, 1);
        float[] factors = random(k, 2);
        Tensor out = scope().tensor(t, k);
        operations().scaleColumns(scope().upload(values, t, n), scope().upload(factors, 1, k), out);
        float[] expected = new float[t * k];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = values[i / k * n + i % k] * factors[i % k];
        }
        assertThat(download(out)).isEqualTo(expected);
    }

    @Test
    void scaleColumnsRefusesFactorsThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().scaleColumns(scope().tensor(2, 3), scope().tensor(1, 4), scope().tensor(2, 3)))
                .withMessageContaining("1 x 4")
                .withMessageContaining("1 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().scaleColumns(scope().tensor(2, 3), scope().tensor(1, 3), scope().tensor(3, 3)))
                .withMessageContaining("3 x 3")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().scaleColumns(scope().tensor(2, 3), scope().tensor(1, 4), scope().tensor(2, 4)))
                .withMessageContaining("2 x 4")
                .withMessageContaining("2 x 3");
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsFollowTheirFormulas(Activation activation) {
        float[] values = spread();
        Tensor x = scope().upload(values, 1, values.length);
        operations().activate(x, activation);
        double[] expected = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            expected[i] = value(activation, values[i]);
        }
        assertClose(download(x), expected, contract().elementTolerance(), activation.toString());
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gatesMultiplyWithTheActivation(Activation activation) {
        float[] values = spread();
        float[] factors = random(values.length, 5);
        Tensor gate = scope().upload(values, 1, values.length);
        operations().gate(gate, scope().upload(factors, 1, values.length), activation);
        double[] expected = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            expected[i] = value(activation, values[i]) * factors[i];
        }
        assertClose(download(gate), expected, contract().elementTolerance(), activation.toString());
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void threadsAndPlaceChangeNoBit(Activation activation) {
        assumeSameBits();
        float[] values = spread();
        int n = 67;
        int t = values.length / n;
        float[][] results = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            Tensor x = scope().upload(rows(values, n, 0, t), t, n);
            operations().activate(x, activation);
            results[threads - 1] = download(x);
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
        for (int r = 0; r < t; r += 7) {
            Tensor x = scope().upload(rows(values, n, r, 1), 1, n);
            operations().activate(x, activation);
            assertThat(download(x)).isEqualTo(rows(results[0], n, r, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void notANumberStaysVisible(Activation activation) {
        Tensor x = scope().upload(new float[] {1, Float.NaN, 2}, 1, 3);
        operations().activate(x, activation);
        assertThat(download(x)[1]).isNaN();
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().gate(scope().tensor(2, 3), scope().tensor(2, 4), Activation.SILU))
                .withMessageContaining("2 x 3")
                .withMessageContaining("2 x 4");
    }

    /** From -100 to 100, dense about zero. */
    static float[] spread() {
        float[] values = new float[3_001];
        for (int i = 0; i < values.length; i++) {
            double u = (i - 1500) / 1500.0;
            values[i] = (float) (100 * u * u * u);
        }
        return values;
    }

    /** The activation, from its definition. */
    static double value(Activation activation, double x) {
        return switch (activation) {
            case SILU -> x / (1 + Math.exp(-x));
            case GELU -> x * normalDistribution(x);
            case GELU_TANH -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3))));
            case RELU -> x > 0 ? x : 0;
        };
    }

    /** The normal distribution function by Simpson's rule over its density from 0 to x. */
    private static double normalDistribution(double x) {
        double end = Math.max(-12, Math.min(12, x));
        int steps = 400;
        double h = end / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double z = i * h;
            int weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * Math.exp(-z * z / 2);
        }
        return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
    }
}
