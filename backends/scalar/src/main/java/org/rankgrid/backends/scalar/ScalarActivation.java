package org.rankgrid.backends.scalar;

import java.util.function.DoubleUnaryOperator;
import org.rankgrid.spi.compute.Activation;

/** Element-wise operations. */
final class ScalarActivation {

    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

    private ScalarActivation() {}

    static void add(HostTensor x, HostTensor into) {
        for (int r = 0; r < x.rows(); r++) {
            float[] row = into.row(r);
            for (int j = 0; j < row.length; j++) {
                row[j] += x.get(r, j);
            }
            into.writeRow(r, row);
        }
    }

    static void scaleColumns(HostTensor x, HostTensor factors, HostTensor out) {
        for (int r = 0; r < x.rows(); r++) {
            float[] row = new float[out.columns()];
            for (int j = 0; j < row.length; j++) {
                row[j] = x.get(r, j) * factors.get(0, j);
            }
            out.writeRow(r, row);
        }
    }

    static void activate(HostTensor x, Activation activation) {
        DoubleUnaryOperator function = function(activation);
        for (int r = 0; r < x.rows(); r++) {
            float[] row = x.row(r);
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) function.applyAsDouble(row[j]);
            }
            x.writeRow(r, row);
        }
    }

    static void gate(HostTensor gate, HostTensor up, Activation activation) {
        DoubleUnaryOperator function = function(activation);
        for (int r = 0; r < gate.rows(); r++) {
            float[] row = gate.row(r);
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) (function.applyAsDouble(row[j]) * up.get(r, j));
            }
            gate.writeRow(r, row);
        }
    }

    static DoubleUnaryOperator function(Activation activation) {
        return switch (activation) {
            case SILU -> x -> x / (1 + Math.exp(-x));
            case GELU -> x -> x / 2 * (1 + ErrorFunction.erf(x * SQRT_HALF));
            case GELU_TANH -> x -> x / 2 * (1 + Math.tanh(SQRT_TWO_OVER_PI * (x + 0.044715 * x * x * x)));
            case RELU -> x -> Math.max(0, x);
        };
    }
}
