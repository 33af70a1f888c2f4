package org.rankgrid.engine.trial;

/** The mean of paired differences and its standard error, one difference after another. */
final class PairedDifference {

    private int count;
    private double mean;
    private double squares;
    private boolean infinitelyWorse;
    private boolean undecidable;

    /** One more difference; one that is positive and infinite settles it, and where the rival's score is infinite nothing can. */
    void add(double difference) {
        if (!Double.isFinite(difference)) {
            infinitelyWorse |= difference > 0;
            undecidable |= !(difference > 0);
            return;
        }
        count++;
        double delta = difference - mean;
        mean += delta / count;
        squares += delta * (difference - mean);
    }

    /** Whether the mean is above zero by more than some standard errors of it. */
    boolean isAboveZero(double standardErrors) {
        if (infinitelyWorse || undecidable) {
            return infinitelyWorse && !undecidable;
        }
        double standardError = Math.sqrt(squares / (count - 1.0) / count);
        return mean > standardErrors * standardError;
    }
}
