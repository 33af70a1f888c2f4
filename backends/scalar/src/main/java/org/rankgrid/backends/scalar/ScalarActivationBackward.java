package org.rankgrid.backends.scalar;

import java.util.function.DoubleUnaryOperator;
import org.rankgrid.spi.compute.Activation;

/** Through element-wise operations. */
final class ScalarActivationBackward {

    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double ONE_OVER_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);
    private static final double CUBIC = 0.044715;

    private ScalarActivationBackward() {}

    static void activate(HostTensor x, Activation activation, HostTensor gradient) {
        DoubleUnaryOperator slope = derivative(activation);
        for (int r = 0; r < x.rows(); r++) {
            for (int j = 0; j < x.columns(); j++) {
                gradient.set(r, j, (float) (gradient.get(r, j) * slope.applyAsDouble(x.get(r, j))));
            }
        }
    }

    static void gate(
            HostTensor gate, HostTensor up, Activation activation, HostTensor dy, HostTensor dGate, HostTensor dUp) {
        DoubleUnaryOperator function = ScalarActivation.function(activation);
        DoubleUnaryOperator slope = derivative(activation);
        for (int r = 0; r < gate.rows(); r++) {
            for (int j = 0; j < gate.columns(); j++) {
                double opened = gate.get(r, j);
                double passed = up.get(r, j);
                double gradient = dy.get(r, j);
                dGate.set(r, j, (float) (gradient * passed * slope.applyAsDouble(opened)));
                dUp.set(r, j, (float) (gradient * function.applyAsDouble(opened)));
            }
        }
    }

    private static DoubleUnaryOperator derivative(Activation activation) {
        return switch (activation) {
            case SILU -> ScalarActivationBackward::silu;
            case GELU -> ScalarActivationBackward::gelu;
            case GELU_TANH -> ScalarActivationBackward::geluTanh;
            case RELU -> x -> x > 0 ? 1 : 0;
        };
    }

    /** s (1 + x (1 - s)) with s = 1 / (1 + exp(-x)). */
    private static double silu(double x) {
        double sigmoid = 1 / (1 + Math.exp(-x));
        return sigmoid * (1 + x * (1 - sigmoid));
    }

    /** The normal distribution up to x, and x times its density. */
    private static double gelu(double x) {
        return (1 + ErrorFunction.erf(x * SQRT_HALF)) / 2 + x * ONE_OVER_SQRT_TWO_PI * Math.exp(-x * x / 2);
    }

    private static double geluTanh(double x) {
        double tanh = Math.tanh(SQRT_TWO_OVER_PI * (x + CUBIC * x * x * x));
        return (1 + tanh) / 2 + x / 2 * (1 - tanh * tanh) * SQRT_TWO_OVER_PI * (1 + 3 * CUBIC * x * x);
    }
}
