package org.rankgrid.numerics;

import java.util.Arrays;
import java.util.List;

/**
 * How likely a kernel is, up to a constant: the marginal likelihood of standardised values times a log-normal prior on
 * the signal and a horseshoe prior on the noise, as SMAC and OpenBox have them. Logarithms throughout, also of the
 * parameters: signal, length scales, noise.
 */
final class KernelDensity {

    private static final double HORSESHOE_SCALE = 0.1;

    private final List<double[]> points;
    private final double[] values;

    KernelDensity(List<double[]> points, double[] values) {
        this.points = points;
        this.values = values;
    }

    static KernelParameters kernel(double[] logarithms) {
        double[] scales = new double[logarithms.length - 2];
        for (int d = 0; d < scales.length; d++) {
            scales[d] = Math.exp(logarithms[d + 1]);
        }
        return new KernelParameters(Math.exp(logarithms[0]), scales, Math.exp(logarithms[logarithms.length - 1]));
    }

    static double[] logarithms(KernelParameters kernel) {
        double[] scales = kernel.lengthScales();
        double[] logarithms = new double[scales.length + 2];
        logarithms[0] = Math.log(kernel.signal());
        for (int d = 0; d < scales.length; d++) {
            logarithms[d + 1] = Math.log(scales[d]);
        }
        logarithms[scales.length + 1] = Math.log(kernel.noise());
        return logarithms;
    }

    /** The negative logarithm of the density; its gradient is written to the array given. */
    double negative(double[] logarithms, double[] gradient) {
        KernelParameters kernel = kernel(logarithms);
        Covariance covariance = Covariance.of(points, kernel);
        double[] weights = covariance.solve(values);
        slopes(kernel, weights, covariance.inverse(), gradient);
        int last = gradient.length - 1;
        gradient[0] += logarithms[0] + 1;
        double squaredRatio = 3 * Math.pow(HORSESHOE_SCALE / kernel.noise(), 2);
        gradient[last] += 2 * squaredRatio / (1 + squaredRatio) / Math.log1p(squaredRatio);
        return -logLikelihood(covariance, values, weights) - logPrior(kernel);
    }

    static double logLikelihood(Covariance covariance, double[] values, double[] weights) {
        double quadratic = 0;
        for (int i = 0; i < values.length; i++) {
            quadratic += values[i] * weights[i];
        }
        return -0.5 * (quadratic + covariance.logDeterminant() + values.length * Math.log(2 * Math.PI));
    }

    static double logPrior(KernelParameters kernel) {
        double logSignal = Math.log(kernel.signal());
        double signal = -0.5 * logSignal * logSignal - logSignal - 0.5 * Math.log(2 * Math.PI);
        double ratio = HORSESHOE_SCALE / kernel.noise();
        return signal + Math.log(Math.log1p(3 * ratio * ratio));
    }

    /**
     * The gradient of the negative log-likelihood: half the trace of (inverse - weights weights') dK (Rasmussen and
     * Williams 2006, equation 5.9).
     */
    private void slopes(KernelParameters kernel, double[] weights, double[][] inverse, double[] gradient) {
        double[] scales = kernel.lengthScales();
        double signal = kernel.signal();
        Arrays.fill(gradient, 0);
        for (int i = 0; i < weights.length; i++) {
            double own = 0.5 * (inverse[i][i] - weights[i] * weights[i]);
            gradient[0] += own * signal;
            gradient[gradient.length - 1] += own * kernel.noise();
            for (int j = 0; j < i; j++) {
                double[] a = points.get(i);
                double[] b = points.get(j);
                double pair = signal * (inverse[i][j] - weights[i] * weights[j]);
                gradient[0] += pair * Matern.correlation(a, b, scales);
                double slope = Matern.slope(a, b, scales);
                for (int d = 0; d < scales.length; d++) {
                    double difference = (a[d] - b[d]) / scales[d];
                    gradient[d + 1] += pair * slope * difference * difference;
                }
            }
        }
    }
}
