package org.rankgrid.numerics;

import org.hipparchus.special.Erf;

/**
 * How much lower than the best value so far a normally distributed value is expected to be (Jones, Schonlau, Welch 1998).
 */
public final class ExpectedImprovement {

    private ExpectedImprovement() {}

    /**
     * The expectation of max(0, best - value): (best - mean) Phi(u) + deviation phi(u) with u = (best - mean) / deviation.
     *
     * @param best the lowest value so far
     * @param mean expected value
     * @param deviation its standard deviation; nothing is expected where it is 0
     */
    public static double of(double best, double mean, double deviation) {
        if (!(deviation > 0)) {
            return 0;
        }
        double u = (best - mean) / deviation;
        double cumulative = 0.5 * Erf.erfc(-u / Math.sqrt(2));
        double density = Math.exp(-0.5 * u * u) / Math.sqrt(2 * Math.PI);
        return Math.max(0, (best - mean) * cumulative + deviation * density);
    }
}
