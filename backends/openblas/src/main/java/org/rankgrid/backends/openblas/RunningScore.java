package org.rankgrid.backends.openblas;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What is known of one row after some of the vocabulary; sums of exponentials run in double. */
final class RunningScore {

    private final int target;
    private final double softCap;
    private double targetLogit = Double.NaN;
    private double largest = Double.NEGATIVE_INFINITY;
    private int best = -1;
    private double sum;
    private boolean finite = true;

    RunningScore(int target, double softCap) {
        this.target = target;
        this.softCap = softCap;
    }

    /** Takes the logits of some words, the first of which is {@code word}; {@code capped} is room for them. */
    void add(MemorySegment logits, long offset, int word, int words, double[] capped) {
        double before = largest;
        for (int v = 0; v < words; v++) {
            double logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, offset + v);
            finite &= Double.isFinite(logit);
            capped[v] = softCap == 0 ? logit : softCap * Math.tanh(logit / softCap);
            if (capped[v] > largest) {
                largest = capped[v];
                best = word + v;
            }
        }
        if (!finite) {
            return;
        }
        if (target >= word && target < word + words) {
            targetLogit = capped[target - word];
        }
        double added = 0;
        for (int v = 0; v < words; v++) {
            added += Math.exp(capped[v] - largest);
        }
        sum = sum * Math.exp(before - largest) + added;
    }

    /** Takes what another part of the vocabulary, of words that come later, says of the same row. */
    void merge(RunningScore later) {
        finite &= later.finite;
        if (!finite) {
            return;
        }
        if (Double.isNaN(targetLogit)) {
            targetLogit = later.targetLogit;
        }
        double top = Math.max(largest, later.largest);
        sum = sum * Math.exp(largest - top) + later.sum * Math.exp(later.largest - top);
        best = later.largest > largest ? later.best : best;
        largest = top;
    }

    /** The log-sum-exp of all logits seen; not a number if one of them is not finite. */
    double logSum() {
        return finite ? largest + Math.log(sum) : Double.NaN;
    }

    double logProbability() {
        return finite ? targetLogit - largest - Math.log(sum) : Double.NaN;
    }

    int best() {
        return finite ? best : -1;
    }
}
