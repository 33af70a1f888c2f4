package org.rankgrid.backends.scalar;

import java.util.Arrays;
import java.util.stream.IntStream;
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
            int[] rows = rows(batch, s);
            for (int position = batch.first(s); position < rows.length; position++) {
                int oldest = shape.window() == 0 ? 0 : Math.max(0, position - shape.window() + 1);
                int[] seen = Arrays.copyOfRange(rows, oldest, position + 1);
                int row = rows[position];
                for (int head = 0; head < shape.heads(); head++) {
                    int narrow = head / group * d;
                    double[] weights = scores(query, key, shape, row, seen, head * d, narrow);
                    softmax(weights);
                    for (int i = 0; i < d; i++) {
                        double sum = 0;
                        for (int j = 0; j < weights.length; j++) {
                            sum += weights[j] * value.get(seen[j], narrow + i);
                        }
                        out.set(row, head * d + i, (float) sum);
                    }
                }
            }
        }
    }

    /** The row of each position of a sequence, its prefix included. */
    private static int[] rows(PackedSequences batch, int s) {
        return IntStream.range(0, batch.first(s) + batch.length(s))
                .map(position -> batch.row(s, position))
                .toArray();
    }

    /** Scores of one query against the keys of some rows. */
    static double[] scores(
            HostTensor query, HostTensor key, AttentionShape shape, int row, int[] seen, int wide, int narrow) {
        double[] scores = new double[seen.length];
        for (int j = 0; j < scores.length; j++) {
            double sum = 0;
            for (int i = 0; i < shape.headSize(); i++) {
                sum += (double) query.get(row, wide + i) * key.get(seen[j], narrow + i);
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
