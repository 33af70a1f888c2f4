package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/** Causal grouped-query attention, one query and head at a time. */
final class ScalarAttention {

    private ScalarAttention() {}

    /** query and out t by (heads * d), key and value t by (key-value heads * d). */
    static void attend(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor out) {
        int d = shape.headSize();
        int group = shape.heads() / shape.keyValueHeads();
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                int first = shape.window() == 0 ? batch.start(s) : Math.max(batch.start(s), row - shape.window() + 1);
                for (int head = 0; head < shape.heads(); head++) {
                    int narrow = head / group * d;
                    double[] weights = scores(query, key, shape, row, first, head * d, narrow);
                    softmax(weights);
                    for (int i = 0; i < d; i++) {
                        double sum = 0;
                        for (int j = 0; j < weights.length; j++) {
                            sum += weights[j] * value.get(first + j, narrow + i);
                        }
                        out.set(row, head * d + i, (float) sum);
                    }
                }
            }
        }
    }

    /** Scores of one query against the keys of rows first to row. */
    static double[] scores(
            HostTensor query, HostTensor key, AttentionShape shape, int row, int first, int wide, int narrow) {
        double[] scores = new double[row - first + 1];
        for (int j = 0; j < scores.length; j++) {
            double sum = 0;
            for (int i = 0; i < shape.headSize(); i++) {
                sum += (double) query.get(row, wide + i) * key.get(first + j, narrow + i);
            }
            scores[j] = SoftCap.apply(sum * shape.scale(), shape.softCap());
        }
        return scores;
    }

    static void softmax(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (int j = 0; j < scores.length; j++) {
            scores[j] = Math.exp(scores[j] - max);
            sum += scores[j];
        }
        for (int j = 0; j < scores.length; j++) {
            scores[j] /= sum;
        }
    }
}
