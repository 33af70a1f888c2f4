package org.rankgrid.backends.scalar;

import java.util.function.ToDoubleFunction;

/**
 * Through norms. With x^ the normalised features, s what normalised them and g = dy * weight, a norm's gradient is
 * dx = s (g - x^ mean(g x^)), from which the layer norm takes mean(g) too.
 */
final class ScalarNormBackward {

    private ScalarNormBackward() {}

    /** Through x / sqrt(mean x^2 + epsilon) * weight over every w features; weight 1 by w. */
    static void rms(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        through(x, weight, epsilon, dy, dx, values -> 0);
    }

    /** Through (x - mean) / sqrt(variance + epsilon) * weight + bias over every row. */
    static void layer(HostTensor x, HostTensor weight, double epsilon, HostTensor dy, HostTensor dx) {
        through(x, weight, epsilon, dy, dx, ScalarNormBackward::mean);
    }

    /** The centre is what the norm takes from its features; the gradient loses the same of its own. */
    private static void through(
            HostTensor x,
            HostTensor weight,
            double epsilon,
            HostTensor dy,
            HostTensor dx,
            ToDoubleFunction<double[]> centre) {
        int width = weight.columns();
        for (int r = 0; r < x.rows(); r++) {
            for (int start = 0; start < x.columns(); start += width) {
                double[] features = new double[width];
                double[] gradient = new double[width];
                for (int j = 0; j < width; j++) {
                    features[j] = x.get(r, start + j);
                    gradient[j] = (double) dy.get(r, start + j) * weight.get(0, j);
                }
                double shift = centre.applyAsDouble(features);
                double squares = 0;
                for (int j = 0; j < width; j++) {
                    features[j] -= shift;
                    squares += features[j] * features[j];
                }
                double scale = 1 / Math.sqrt(squares / width + epsilon);
                double along = 0;
                for (int j = 0; j < width; j++) {
                    features[j] *= scale;
                    along += gradient[j] * features[j];
                }
                double common = centre.applyAsDouble(gradient);
                for (int j = 0; j < width; j++) {
                    double value = scale * (gradient[j] - common - features[j] * along / width);
                    dx.set(r, start + j, (float) value);
                }
            }
        }
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
