package org.rankgrid.numerics;

import java.util.Arrays;

/**
 * What a {@link GaussianProcess} assumes about the function, in units of its standardised values.
 *
 * @param signal variance of the function, above 0
 * @param lengthScales one an axis, above 0: the distance over which the function changes
 * @param noise variance of the noise of an observation, not negative
 */
public record KernelParameters(double signal, double[] lengthScales, double noise) {

    /** Copies the scales and checks that all values are finite and in range. */
    public KernelParameters {
        lengthScales = lengthScales.clone();
        boolean scales = Arrays.stream(lengthScales).allMatch(scale -> scale > 0 && Double.isFinite(scale));
        boolean variances = signal > 0 && Double.isFinite(signal) && noise >= 0 && Double.isFinite(noise);
        if (lengthScales.length == 0 || !scales || !variances) {
            throw new IllegalArgumentException("signal " + signal + ", length scales " + Arrays.toString(lengthScales)
                    + " and noise " + noise + " are no kernel");
        }
    }

    /** One length scale an axis, a copy. */
    @Override
    public double[] lengthScales() {
        return lengthScales.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KernelParameters that
                && signal == that.signal
                && noise == that.noise
                && Arrays.equals(lengthScales, that.lengthScales);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Double.hashCode(signal) + Double.hashCode(noise)) + Arrays.hashCode(lengthScales);
    }

    @Override
    public String toString() {
        return "signal " + signal + ", length scales " + Arrays.toString(lengthScales) + ", noise " + noise;
    }
}
