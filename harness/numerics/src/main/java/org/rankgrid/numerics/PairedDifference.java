package org.rankgrid.numerics;

/**
 * The mean of paired differences and its standard error, one difference after another, by Welford's recurrence (Technometrics
 * 4, 1962). A difference that is positive and infinite settles the matter: the mean is infinite; any other that is not finite
 * leaves it undecidable: the mean is not a number.
 */
public final class PairedDifference {

    private int count;
    private double mean;
    private double squares;
    private boolean infinite;
    private boolean undecidable;

    /** The differences of some values to a rival's, of the first ones that both have. */
    public static PairedDifference of(double[] values, double[] rival) {
        PairedDifference difference = new PairedDifference();
        for (int i = 0; i < Math.min(values.length, rival.length); i++) {
            difference.add(values[i] - rival[i]);
        }
        return difference;
    }

    /** One more difference. */
    public void add(double difference) {
        if (!Double.isFinite(difference)) {
            infinite |= difference > 0;
            undecidable |= !(difference > 0);
            return;
        }
        count++;
        double delta = difference - mean;
        mean += delta / count;
        squares += delta * (difference - mean);
    }

    /** The mean; not a number for none. */
    public double mean() {
        if (undecidable) {
            return Double.NaN;
        }
        if (infinite) {
            return Double.POSITIVE_INFINITY;
        }
        return count == 0 ? Double.NaN : mean;
    }

    /** The standard error of the mean, of its finite differences; 0 for fewer than two. */
    public double standardError() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1) / count);
    }

    /** Whether the mean is above zero by more than some standard errors of it, and above zero at all. */
    public boolean isAboveZero(double standardErrors) {
        return mean() > 0 && mean() > standardErrors * standardError();
    }

    /** Whether the mean is below zero by more than some standard errors of it, and below zero at all. */
    public boolean isBelowZero(double standardErrors) {
        return mean() < 0 && mean() < -standardErrors * standardError();
    }
}
