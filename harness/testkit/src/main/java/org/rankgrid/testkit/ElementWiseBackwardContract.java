package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.Tensor;

/** Gradients through activations and gates. */
abstract class ElementWiseBackwardContract extends OperationContract {

    ElementWiseBackwardContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gradientsAreScaledByTheSlopeOfTheActivation(Activation activation) {
        float[] values = spread();
        float[] dy = random(values.length, 1);
        double[] slopes = slopes(activation, values);
        double[] expected = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            expected[i] = dy[i] * slopes[i];
        }
        Tensor x = scope().upload(values, 1, values.length);
        Tensor gradient = scope().upload(dy, 1, values.length);
        backward().activate(x, activation, gradient);
        assertClose(download(gradient), expected, 2 * contract().elementTolerance(), activation.toString());
        assertThat(download(x)).as("x").isEqualTo(values);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void bothSidesOfAGateGetTheirGradient(Activation activation) {
        float[] values = spread();
        int n = values.length;
        float[] factors = random(n, 1);
        float[] dy = random(n, 2);
        double[] slopes = slopes(activation, values);
        double[] expectedGate = new double[n];
        double[] expectedUp = new double[n];
        for (int i = 0; i < n; i++) {
            expectedGate[i] = dy[i] * factors[i] * slopes[i];
            expectedUp[i] = dy[i] * ElementWiseContract.value(activation, values[i]);
        }
        Tensor gate = scope().upload(values, 1, n);
        Tensor up = scope().upload(factors, 1, n);
        Tensor gradient = scope().upload(dy, 1, n);
        Tensor dGate = scope().tensor(1, n);
        Tensor dUp = scope().tensor(1, n);
        backward().gate(gate, up, activation, gradient, dGate, dUp);
        assertClose(download(dGate), expectedGate, 2 * contract().elementTolerance(), activation + " gate");
        assertClose(download(dUp), expectedUp, 2 * contract().elementTolerance(), activation + " up");
        assertThat(download(gate)).as("gate").isEqualTo(values);
        assertThat(download(up)).as("up").isEqualTo(factors);
        assertThat(download(gradient)).as("dy").isEqualTo(dy);

        Tensor again = scope().tensor(1, n);
        backward().gate(gate, up, activation, gradient, again, gradient);
        assertThat(download(again)).as("gate, in place").isEqualTo(download(dGate));
        assertThat(download(gradient)).as("up, in place").isEqualTo(download(dUp));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void farFromZeroTheSlopeIsZeroOrOne(Activation activation) {
        Tensor x = scope().upload(new float[] {-1e30f, -3e4f, 3e4f, 1e30f}, 1, 4);
        Tensor gradient = scope().upload(new float[] {1, 1, 1, 1}, 1, 4);
        backward().activate(x, activation, gradient);
        assertThat(download(gradient)).containsExactly(new float[] {0, 0, 1, 1}, within());
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void threadsAndPlaceChangeNoBit(Activation activation) {
        assumeSameBits();
        int n = 67;
        int t = 500;
        float[] values = random(t * n, 1);
        float[] dy = random(t * n, 2);
        float[][] activated = new float[3][];
        float[][] gated = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            activated[threads - 1] = activate(activation, values, dy, t, n);
            gated[threads - 1] = gate(activation, values, dy, t, n);
        }
        for (int i = 1; i < 3; i++) {
            assertThat(activated[i]).isEqualTo(activated[0]);
            assertThat(gated[i]).isEqualTo(gated[0]);
        }
        for (int r = 0; r < t; r += 37) {
            float[] row = rows(values, n, r, 1);
            assertThat(activate(activation, row, rows(dy, n, r, 1), 1, n)).isEqualTo(rows(activated[0], n, r, 1));
            assertThat(gate(activation, row, rows(dy, n, r, 1), 1, n)).isEqualTo(rows(gated[0], n, r, 1));
        }
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Tensor a = scope().tensor(2, 3);
        Tensor b = scope().tensor(2, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().activate(a, Activation.SILU, b))
                .withMessageContaining("2 x 3")
                .withMessageContaining("2 x 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().gate(a, b, Activation.SILU, a, a, a))
                .withMessageContaining("2 x 3")
                .withMessageContaining("2 x 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().gate(a, a, Activation.SILU, a, b, scope().tensor(2, 3)))
                .withMessageContaining("2 x 3")
                .withMessageContaining("2 x 4");
    }

    private float[] activate(Activation activation, float[] x, float[] dy, int t, int n) {
        Tensor gradient = scope().upload(dy, t, n);
        backward().activate(scope().upload(x, t, n), activation, gradient);
        return download(gradient);
    }

    private float[] gate(Activation activation, float[] gate, float[] dy, int t, int n) {
        Tensor values = scope().upload(gate, t, n);
        Tensor dGate = scope().tensor(t, n);
        Tensor dUp = scope().upload(dy, t, n);
        backward().gate(values, values, activation, dUp, dGate, dUp);
        operations().add(dUp, dGate);
        return download(dGate);
    }

    private Offset<Float> within() {
        return Offset.offset((float) contract().elementTolerance());
    }

    /** Values without the kink of the rectifier. */
    private static float[] spread() {
        float[] values = ElementWiseContract.spread();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]) < 1e-3f ? 0.25f : values[i];
        }
        return values;
    }

    /** Elements do not meet: the gradient of their sum holds the slope of each. */
    private static double[] slopes(Activation activation, float[] values) {
        double[] slopes = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            slopes[i] = FiniteDifferences.gradient(
                    x -> ElementWiseContract.value(activation, x[0]), new float[] {values[i]})[0];
        }
        return slopes;
    }
}
