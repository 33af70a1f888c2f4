package org.rankgrid.engine.trial;

import java.util.Arrays;

/**
 * What is known of a plan on the first validation sequences.
 *
 * @param nll mean negative log-likelihood of each sequence; infinite where it is not finite
 * @param divergence summed divergence from the dense model of each sequence, of no more sequences than {@code nll}; infinite
 *     where it is not finite
 */
record PlanScores(double[] nll, double[] divergence) {

    /** Nothing. */
    static final PlanScores NONE = new PlanScores(new double[0], new double[0]);

    /** Whether the first so many sequences have been scored. */
    boolean covers(int sequences, boolean withDivergence) {
        return nll.length >= sequences && (!withDivergence || divergence.length >= sequences);
    }

    /** Whether another says more, and contradicts nothing. */
    boolean isPartOf(PlanScores other) {
        return nll.length <= other.nll.length && divergence.length <= other.divergence.length;
    }

    /** This and the score of one more sequence, which is the next of those not known. */
    PlanScores with(int sequence, double nllOf, boolean withDivergence, double divergenceOf) {
        return new PlanScores(
                sequence == nll.length ? appended(nll, nllOf) : nll,
                withDivergence && sequence == divergence.length ? appended(divergence, divergenceOf) : divergence);
    }

    private static double[] appended(double[] values, double value) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        return longer;
    }
}
