package org.rankgrid.allocators.mgaa;

import java.util.Arrays;

/** Similarities brought to a common scale: how many deviations each lies above the middle of its group. */
final class ZScores {

    /** Makes the median absolute deviation estimate the standard deviation of a normal distribution. */
    private static final double MAD_TO_DEVIATION = 1.4826;

    private static final double ROBUST_LIMIT = 3;

    /** A spread below this share of the largest magnitude is rounding. */
    private static final double NO_SPREAD = 1e-12;

    private ZScores() {}

    /** (s - mean) / population standard deviation; all 0 if there is no spread. */
    static double[] standard(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        return scaled(values, mean, Math.sqrt(variance));
    }

    /**
     * (s - median) / (1.4826 MAD), clipped to -3 and 3, so that a few outliers do not decide the scale (ALGORITHMS A.5);
     * all 0 if more than half of the values agree. The mean of these scores is not 0.
     */
    static double[] robust(double[] values) {
        double median = median(values);
        double deviation = median(
                Arrays.stream(values).map(value -> Math.abs(value - median)).toArray());
        double[] scores = scaled(values, median, MAD_TO_DEVIATION * deviation);
        return Arrays.stream(scores)
                .map(score -> Math.clamp(score, -ROBUST_LIMIT, ROBUST_LIMIT))
                .toArray();
    }

    private static double[] scaled(double[] values, double middle, double spread) {
        double magnitude = Arrays.stream(values).map(Math::abs).max().orElse(0);
        if (spread <= NO_SPREAD * magnitude) {
            return new double[values.length];
        }
        return Arrays.stream(values).map(value -> (value - middle) / spread).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
