package org.rankgrid.allocators.localsearch;

import java.util.Random;

/**
 * A Gaussian belief about a vector of independent standard normal factors, sharpened by one linear observation after another
 * (the Kalman filter). Its samples stay exact samples without any decomposition of the covariance: each is corrected by the
 * same gain as the mean, towards the observation plus a noise of its own (Matheron's rule).
 */
final class Beliefs {

    private final double[][] covariance;

    /** The mean first, then the samples. */
    private final double[][] vectors;

    private final Random random;

    /** Beliefs about so many factors before anything was observed. */
    Beliefs(int factors, int samples, Random random) {
        this.random = random;
        this.covariance = new double[factors][factors];
        for (int f = 0; f < factors; f++) {
            covariance[f][f] = 1;
        }
        this.vectors = new double[samples + 1][factors];
        for (int s = 1; s <= samples; s++) {
            for (int f = 0; f < factors; f++) {
                vectors[s][f] = random.nextGaussian();
            }
        }
    }

    /** Number of samples. */
    int samples() {
        return vectors.length - 1;
    }

    /** The mean. */
    double[] mean() {
        return vectors[0].clone();
    }

    /** A sample. */
    double[] sample(int s) {
        return vectors[s + 1].clone();
    }

    /** Variance of a weighted sum of the factors. */
    double variance(double[] weights) {
        return dot(weights, times(weights));
    }

    /**
     * Learns that a weighted sum of the factors was observed.
     *
     * @param variance of the observation's error, above 0
     */
    void observe(double[] weights, double observed, double variance) {
        double[] spread = times(weights);
        double total = dot(weights, spread) + variance;
        for (int v = 0; v < vectors.length; v++) {
            double noise = v == 0 ? 0 : Math.sqrt(variance) * random.nextGaussian();
            double surprise = (observed + noise - dot(weights, vectors[v])) / total;
            for (int f = 0; f < spread.length; f++) {
                vectors[v][f] += spread[f] * surprise;
            }
        }
        for (int f = 0; f < spread.length; f++) {
            for (int g = 0; g < spread.length; g++) {
                covariance[f][g] -= spread[f] * spread[g] / total;
            }
        }
    }

    private double[] times(double[] weights) {
        double[] product = new double[weights.length];
        for (int f = 0; f < product.length; f++) {
            product[f] = dot(covariance[f], weights);
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
