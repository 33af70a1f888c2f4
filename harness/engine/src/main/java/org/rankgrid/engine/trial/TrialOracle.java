package org.rankgrid.engine.trial;

import java.util.Arrays;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.numerics.PairedDifference;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Scores plans for one search. Every sequence of a plan is run through the model once, ever: what has been scored stands in
 * the log, and more sequences of a plan, or its divergence, are added to what is there. Where a loss is not finite, the
 * trial says it is infinite.
 */
public final class TrialOracle implements Trials {

    /** A challenge is not decided on fewer sequences. */
    private static final int FEWEST = 4;

    private final TrialScorer scorer;
    private final TrialLog log;
    private final Effort effort;
    private final Progress progress;

    /**
     * An oracle.
     *
     * @param scorer runs the model; shared by searches on the same text
     * @param log what has been scored; shared likewise
     * @param effort receives what this search costs
     */
    public TrialOracle(TrialScorer scorer, TrialLog log, Effort effort, Progress progress) {
        this.scorer = scorer;
        this.log = log;
        this.effort = effort;
        this.progress = progress;
    }

    @Override
    public int sequences() {
        return scorer.sequences();
    }

    @Override
    public Trial score(RankPlan plan, int sequences, boolean divergence) {
        if (sequences < 1 || sequences > sequences()) {
            throw new IllegalArgumentException(sequences + " sequences asked for, there are " + sequences());
        }
        Question question = new Question(plan, divergence);
        try (Progress.Step step = begin(sequences)) {
            for (int s = 0; s < sequences; s++) {
                question.settle(s);
                step.advance(1);
            }
        }
        return question.answer(sequences, true);
    }

    @Override
    public Trial challenge(RankPlan plan, Trial rival, double standardErrors) {
        double[] held = rival.nll();
        if (!rival.complete() || held.length < 1 || held.length > sequences()) {
            throw new IllegalArgumentException("a rival is a complete trial on validation sequences");
        }
        Question question = new Question(plan, false);
        PairedDifference difference = new PairedDifference();
        int scored = 0;
        boolean beaten = false;
        try (Progress.Step step = begin(held.length)) {
            while (scored < held.length && !beaten) {
                question.settle(scored);
                difference.add(question.scores.nll()[scored] - held[scored]);
                scored++;
                step.advance(1);
                beaten = scored >= FEWEST && difference.isAboveZero(standardErrors);
            }
        }
        return question.answer(scored, scored == held.length);
    }

    private Progress.Step begin(int sequences) {
        return progress.begin("trial " + (effort.trials() + 1), sequences, "sequences");
    }

    /** A plan whose score is asked for. */
    private final class Question {

        private final RankPlan plan;
        private final boolean divergence;
        private PlanScores scores;
        private boolean known = true;

        Question(RankPlan plan, boolean divergence) {
            this.plan = plan;
            this.divergence = divergence;
            this.scores = log.get(plan);
        }

        /** Makes sure that the first sequences up to this one have been scored. */
        void settle(int sequence) {
            if (scores.covers(sequence + 1, divergence)) {
                return;
            }
            known = false;
            TrialScorer.SequenceScore score = scorer.score(plan, sequence, divergence);
            scores = scores.with(sequence, score.nll(), divergence, score.divergence());
            effort.forwarded(score.tokens());
            effort.reused(score.reused());
        }

        Trial answer(int sequences, boolean complete) {
            if (!known) {
                log.put(plan, scores);
                scorer.answered(plan, complete);
            }
            Trial trial = new Trial(
                    Arrays.copyOf(scores.nll(), sequences),
                    divergence ? Arrays.copyOf(scores.divergence(), sequences) : new double[0],
                    complete);
            effort.trial(known, Double.isFinite(trial.meanNll()));
            return trial;
        }
    }
}
