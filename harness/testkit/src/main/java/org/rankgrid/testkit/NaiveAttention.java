package org.rankgrid.testkit;

import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/** Causal attention and its gradients in double, one query at a time: the oracle of the contracts. */
final class NaiveAttention {

    private final AttentionShape shape;
    private final PackedSequences batch;
    private final int wide;
    private final int narrow;

    NaiveAttention(AttentionShape shape, PackedSequences batch) {
        this.shape = shape;
        this.batch = batch;
        this.wide = shape.heads() * shape.headSize();
        this.narrow = shape.keyValueHeads() * shape.headSize();
    }

    /** What the gradients of a loss with respect to query, key and value are. */
    record Gradients(double[] query, double[] key, double[] value) {}

    double[] attend(double[] q, double[] k, double[] v) {
        double[] out = new double[q.length];
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                for (int head = 0; head < shape.heads(); head++) {
                    double[] weights = softmax(scores(q, k, batch.start(s), row, head));
                    for (int j = 0; j < weights.length; j++) {
                        for (int i = 0; i < shape.headSize(); i++) {
                            out[wideAt(row, head, i)] += weights[j] * v[narrowAt(batch.start(s) + j, head, i)];
                        }
                    }
                }
            }
        }
        return out;
    }

    Gradients gradients(double[] q, double[] k, double[] v, float[] dOut) {
        Gradients gradients = new Gradients(new double[q.length], new double[k.length], new double[v.length]);
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                for (int head = 0; head < shape.heads(); head++) {
                    addGradients(q, k, v, dOut, batch.start(s), row, head, gradients);
                }
            }
        }
        return gradients;
    }

    private void addGradients(
            double[] q, double[] k, double[] v, float[] dOut, int start, int row, int head, Gradients into) {
        double[] scores = scores(q, k, start, row, head);
        double[] weights = softmax(scores);
        double[] slopes = new double[weights.length];
        double mean = 0;
        for (int j = 0; j < weights.length; j++) {
            for (int i = 0; i < shape.headSize(); i++) {
                double gradient = dOut[wideAt(row, head, i)];
                slopes[j] += gradient * v[narrowAt(start + j, head, i)];
                into.value[narrowAt(start + j, head, i)] += weights[j] * gradient;
            }
            mean += weights[j] * slopes[j];
        }
        for (int j = 0; j < weights.length; j++) {
            double capped = shape.softCap() == 0 || weights[j] == 0 ? 0 : scores[j] / shape.softCap();
            double gradient = weights[j] * (slopes[j] - mean) * (1 - capped * capped) * shape.scale();
            for (int i = 0; i < shape.headSize(); i++) {
                into.query[wideAt(row, head, i)] += gradient * k[narrowAt(start + j, head, i)];
                into.key[narrowAt(start + j, head, i)] += gradient * q[wideAt(row, head, i)];
            }
        }
    }

    private double[] scores(double[] q, double[] k, int start, int row, int head) {
        double[] scores = new double[row - start + 1];
        for (int j = 0; j < scores.length; j++) {
            double score = 0;
            for (int i = 0; i < shape.headSize(); i++) {
                score += q[wideAt(row, head, i)] * k[narrowAt(start + j, head, i)];
            }
            score *= shape.scale();
            if (shape.softCap() > 0) {
                score = shape.softCap() * Math.tanh(score / shape.softCap());
            }
            boolean visible = shape.window() == 0 || row - (start + j) < shape.window();
            scores[j] = visible ? score : Double.NEGATIVE_INFINITY;
        }
        return scores;
    }

    private static double[] softmax(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        double[] weights = new double[scores.length];
        for (int j = 0; j < scores.length; j++) {
            weights[j] = Math.exp(scores[j] - max);
            sum += weights[j];
        }
        return NaiveMatrices.scale(weights, 1 / sum);
    }

    private int wideAt(int row, int head, int i) {
        return row * wide + head * shape.headSize() + i;
    }

    private int narrowAt(int row, int head, int i) {
        return row * narrow + head * shape.keyValueHeads() / shape.heads() * shape.headSize() + i;
    }
}
