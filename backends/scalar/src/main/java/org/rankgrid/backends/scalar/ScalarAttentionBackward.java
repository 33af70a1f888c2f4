package org.rankgrid.backends.scalar;

import java.util.stream.IntStream;
import org.rankgrid.spi.compute.AttentionShape;

/**
 * Through the causal attention of one sequence. With p the weights of a query and dp_j = dOut . v_j, the gradient of its
 * scores is p_j (dp_j - sum p dp), times the slope of the soft cap.
 */
final class ScalarAttentionBackward {

    private final HostTensor query;
    private final HostTensor key;
    private final HostTensor value;
    private final AttentionShape shape;
    private final HostTensor dOut;
    private final int start;
    private final int end;
    /** Sums over queries, rows of the sequence by the features of all key heads. */
    private final double[][] keyGradients;

    private final double[][] valueGradients;

    ScalarAttentionBackward(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            HostTensor dOut,
            int start,
            int end) {
        this.query = query;
        this.key = key;
        this.value = value;
        this.shape = shape;
        this.dOut = dOut;
        this.start = start;
        this.end = end;
        keyGradients = new double[end - start][key.columns()];
        valueGradients = new double[end - start][key.columns()];
    }

    void run(HostTensor dQuery, HostTensor dKey, HostTensor dValue) {
        int group = shape.heads() / shape.keyValueHeads();
        for (int row = start; row < end; row++) {
            for (int head = 0; head < shape.heads(); head++) {
                through(row, head * shape.headSize(), head / group * shape.headSize(), dQuery);
            }
        }
        for (int row = start; row < end; row++) {
            for (int i = 0; i < dKey.columns(); i++) {
                dKey.set(row, i, (float) keyGradients[row - start][i]);
                dValue.set(row, i, (float) valueGradients[row - start][i]);
            }
        }
    }

    /** One query and head, whose features begin at {@code wide}; those of the head it reads begin at {@code narrow}. */
    private void through(int row, int wide, int narrow, HostTensor dQuery) {
        int first = shape.window() == 0 ? start : Math.max(start, row - shape.window() + 1);
        double[] scores = ScalarAttention.scores(
                query, key, shape, row, IntStream.rangeClosed(first, row).toArray(), wide, narrow);
        double[] weights = scores.clone();
        ScalarAttention.softmax(weights);
        double[] weightGradients = new double[weights.length];
        double expected = 0;
        for (int j = 0; j < weights.length; j++) {
            double sum = 0;
            for (int i = 0; i < shape.headSize(); i++) {
                double gradient = dOut.get(row, wide + i);
                sum += gradient * value.get(first + j, narrow + i);
                valueGradients[first + j - start][narrow + i] += weights[j] * gradient;
            }
            weightGradients[j] = sum;
            expected += weights[j] * sum;
        }
        double[] queryGradient = new double[shape.headSize()];
        for (int j = 0; j < weights.length; j++) {
            double scoreGradient = weights[j]
                    * (weightGradients[j] - expected)
                    * SoftCap.slope(scores[j], shape.softCap())
                    * shape.scale();
            for (int i = 0; i < queryGradient.length; i++) {
                queryGradient[i] += scoreGradient * key.get(first + j, narrow + i);
                keyGradients[first + j - start][narrow + i] += scoreGradient * query.get(row, wide + i);
            }
        }
        for (int i = 0; i < queryGradient.length; i++) {
            dQuery.set(row, wide + i, (float) queryGradient[i]);
        }
    }
}
