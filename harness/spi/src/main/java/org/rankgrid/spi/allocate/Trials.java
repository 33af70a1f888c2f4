package org.rankgrid.spi.allocate;

import org.rankgrid.spi.rank.RankPlan;

/**
 * Scores plans on the validation text, which is neither calibration nor test text. A plan is scored as it is, whether it
 * meets a budget or not, from the cell's decomposition. The same question has the same answer, and is computed once, also
 * over several runs.
 */
public interface Trials {

    /** Number of validation sequences there are. */
    int sequences();

    /**
     * Scores a plan.
     *
     * @param sequences on the first this many validation sequences
     * @param divergence whether to measure the divergence from the dense model too
     */
    Trial score(RankPlan plan, int sequences, boolean divergence);

    /**
     * Scores a plan on the sequences of a rival's trial, and stops early where it is clearly worse: when the mean of the
     * paired differences in log-likelihood so far is above zero by more than some standard errors, after at least four
     * sequences.
     *
     * @param rival a complete trial
     * @param standardErrors how many
     */
    Trial challenge(RankPlan plan, Trial rival, double standardErrors);
}
