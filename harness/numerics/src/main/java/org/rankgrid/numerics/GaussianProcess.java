package org.rankgrid.numerics;

import java.util.Arrays;
import java.util.List;

/**
 * A function known at a few points: regression by a Gaussian process with a Matern-5/2 kernel, a length scale for each
 * axis, and a little noise (Rasmussen and Williams 2006, algorithm 2.1). Points should lie in the unit box. Values are
 * standardised within; predictions are in their own units.
 */
public final class GaussianProcess {

    /**
     * What is believed of the function at a point.
     *
     * @param mean the expected value
     * @param deviation the standard deviation around it, of the function without noise
     */
    public record Prediction(double mean, double deviation) {}

    private final List<double[]> points;
    private final KernelParameters kernel;
    private final double[] lengthScales;
    private final double centre;
    private final double scale;
    private final Covariance covariance;
    private final double[] standardised;
    private final double[] weights;

    private GaussianProcess(List<double[]> points, double[] values, KernelParameters kernel) {
        this.points = points.stream().map(double[]::clone).toList();
        this.kernel = kernel;
        this.lengthScales = kernel.lengthScales();
        this.centre = Arrays.stream(values).average().orElseThrow();
        this.scale = deviation(values, centre);
        this.standardised = standardised(values);
        this.covariance = Covariance.of(this.points, kernel);
        this.weights = covariance.solve(standardised);
    }

    /**
     * A process with a kernel that is known.
     *
     * @param points where the function was observed, one value an axis; the same place may come twice
     * @param values what it was there, finite
     * @throws IllegalArgumentException if there is no point, sizes differ or a number is not finite
     */
    public static GaussianProcess of(List<double[]> points, double[] values, KernelParameters kernel) {
        check(points, values, kernel.lengthScales().length);
        return new GaussianProcess(points, values, kernel);
    }

    /**
     * A process whose kernel is the most likely one given the observations and the priors of
     * SMAC and OpenBox: log-normal on the signal, horseshoe on the noise.
     *
     * @param points where the function was observed, in the unit box; the same place may come twice
     * @param values what it was there, finite
     * @param lengthScales where the search for length scales begins, one an axis
     * @param restarts how often it begins again at a random place
     * @param seed of those places
     * @throws IllegalArgumentException if there is no point, sizes differ or a number is not finite
     */
    public static GaussianProcess fit(
            List<double[]> points, double[] values, double[] lengthScales, int restarts, long seed) {
        check(points, values, lengthScales.length);
        KernelParameters kernel = KernelSearch.best(points, standardised(values), lengthScales, restarts, seed);
        return new GaussianProcess(points, values, kernel);
    }

    private static void check(List<double[]> points, double[] values, int axes) {
        if (points.isEmpty() || points.size() != values.length) {
            throw new IllegalArgumentException(points.size() + " points with " + values.length + " values");
        }
        for (int i = 0; i < values.length; i++) {
            double[] point = points.get(i);
            if (point.length != axes || !Arrays.stream(point).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "point " + i + " is " + Arrays.toString(point) + ", not " + axes + " finite values");
            }
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("the value at point " + i + " is " + values[i]);
            }
        }
    }

    private static double[] standardised(double[] values) {
        double centre = Arrays.stream(values).average().orElseThrow();
        double scale = deviation(values, centre);
        return Arrays.stream(values).map(value -> (value - centre) / scale).toArray();
    }

    /** The population standard deviation; 1 where all values are equal, so that it can divide. */
    private static double deviation(double[] values, double centre) {
        double sum = 0;
        for (double value : values) {
            sum += (value - centre) * (value - centre);
        }
        double deviation = Math.sqrt(sum / values.length);
        return deviation > 0 ? deviation : 1;
    }

    /**
     * What is believed of the function at a point.
     *
     * @throws IllegalArgumentException if the point has not one value an axis
     */
    public Prediction predict(double[] point) {
        if (point.length != lengthScales.length) {
            throw new IllegalArgumentException(
                    "a point of " + point.length + " values for " + lengthScales.length + " axes");
        }
        double[] shared = new double[points.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = kernel.signal() * Matern.correlation(point, points.get(i), lengthScales);
        }
        double variance = kernel.signal() - dot(shared, covariance.solve(shared));
        return new Prediction(centre + scale * dot(shared, weights), scale * Math.sqrt(Math.max(0, variance)));
    }

    /** The logarithm of the density of the standardised values under the kernel, without priors. */
    public double logMarginalLikelihood() {
        return KernelDensity.logLikelihood(covariance, standardised, weights);
    }

    /** The kernel. */
    public KernelParameters kernel() {
        return kernel;
    }

    /** What had to be added to the diagonal of the covariance matrix to factor it, in standardised units; 0 if nothing. */
    public double jitter() {
        return covariance.jitter();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
