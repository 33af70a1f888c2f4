package org.rankgrid.spi.allocate;

/**
 * The score of a plan on validation sequences of equal length.
 *
 * @param nll mean negative log-likelihood a predicted token, in nats, of each sequence scored
 * @param divergence divergence D(compressed || dense), in nats, summed over the tokens of each sequence; empty if it was not
 *     asked for
 * @param complete whether all sequences asked for were scored; false where a challenge stopped early
 */
public record Trial(double[] nll, double[] divergence, boolean complete) {

    /** Mean negative log-likelihood over the sequences scored. */
    public double meanNll() {
        return mean(nll);
    }

    /** exp of {@link #meanNll}. */
    public double perplexity() {
        return Math.exp(meanNll());
    }

    /**
     * Mean divergence of a sequence.
     *
     * @throws IllegalStateException if it was not asked for
     */
    public double meanDivergence() {
        if (divergence.length == 0) {
            throw new IllegalStateException("the divergence was not measured");
        }
        return mean(divergence);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
