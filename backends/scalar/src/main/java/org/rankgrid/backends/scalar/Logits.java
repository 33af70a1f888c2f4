package org.rankgrid.backends.scalar;

import java.util.Optional;

/**
 * The logits of one row of the vocabulary.
 *
 * @param values v of them, capped
 * @param best the largest, the first of equals
 * @param logSum log of the sum of exp(logit - largest)
 */
record Logits(double[] values, int best, double logSum) {

    /**
     * The logits of a row of what the head reads, n values; nothing if one of them is not finite.
     *
     * @param head v by n
     */
    static Optional<Logits> of(float[] hidden, HostMatrix head, double softCap) {
        double[] input = ScalarLinear.doubles(hidden);
        double[] values = new double[head.rows()];
        float[] row = new float[head.columns()];
        int best = 0;
        for (int v = 0; v < values.length; v++) {
            head.readRow(v, row);
            double logit = ScalarLinear.dot(row, input);
            if (!Double.isFinite(logit)) {
                return Optional.empty();
            }
            values[v] = SoftCap.apply(logit, softCap);
            best = values[v] > values[best] ? v : best;
        }
        double sum = 0;
        for (double logit : values) {
            sum += Math.exp(logit - values[best]);
        }
        return Optional.of(new Logits(values, best, Math.log(sum)));
    }

    /** Number of tokens. */
    int count() {
        return values.length;
    }

    /** log p of a token. */
    double logProbability(int token) {
        return values[token] - values[best] - logSum;
    }
}
