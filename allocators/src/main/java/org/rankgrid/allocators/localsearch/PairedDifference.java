package org.rankgrid.allocators.localsearch;

import org.rankgrid.spi.allocate.Trial;

/**
 * How much better or worse a trial is than another on the sequences that both have.
 *
 * @param mean mean difference of the negative log-likelihood, below zero where the trial is better
 * @param standardError of the mean; 0 for a single sequence
 */
record PairedDifference(double mean, double standardError) {

    /** The difference of a trial to a rival on its first sequences. */
    static PairedDifference of(Trial trial, Trial rival) {
        int n = Math.min(trial.nll().length, rival.nll().length);
        double sum = 0;
        for (int s = 0; s < n; s++) {
            sum += trial.nll()[s] - rival.nll()[s];
        }
        double mean = sum / n;
        double squares = 0;
        for (int s = 0; s < n; s++) {
            double deviation = trial.nll()[s] - rival.nll()[s] - mean;
            squares += deviation * deviation;
        }
        return new PairedDifference(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n));
    }

    /** Whether the trial is better by more than some standard errors; never if it is not better at all. */
    boolean isBetterBy(double standardErrors) {
        return mean < 0 && mean + standardErrors * standardError < 0;
    }
}
