package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.rankgrid.backends.scalar.HostTensor;

/**
 * Divergences of the distributions of two models over a vocabulary, without their matrices of logits: the sums of
 * exponentials first, then the logits of both again, block by block.
 *
 * <p>With p and q the probabilities of a token and d = log p - log q, the divergence is taken as the sum of
 * p (exp(-d) - 1 + d), which is that of p d as both distributions sum to one. No term is negative, and an error of the
 * log-sum-exps enters as its square only, so that small divergences keep their digits.
 */
final class VocabularyDivergence implements AutoCloseable {

    private static final FloatVector C2 = constant(1.0 / 2);
    private static final FloatVector C3 = constant(-1.0 / 6);
    private static final FloatVector C4 = constant(1.0 / 24);
    private static final FloatVector C5 = constant(-1.0 / 120);
    private static final FloatVector C6 = constant(1.0 / 720);
    private static final FloatVector C7 = constant(-1.0 / 5_040);
    private static final FloatVector C8 = constant(1.0 / 40_320);

    /** Below this the power series of exp(-d) - 1 + d is used. */
    private static final float NEAR = 0.5f;

    private final WorkerPool pool;
    private final VocabularyScorer scorer;
    private final Logits[] left;
    private final Logits[] right;
    private double[] partials = {};

    /** Divergences on the threads of a pool, with sums from a scorer. */
    VocabularyDivergence(WorkerPool pool, VocabularyScorer scorer) {
        this.pool = pool;
        this.scorer = scorer;
        this.left = new Logits[pool.threads()];
        this.right = new Logits[pool.threads()];
        for (int i = 0; i < left.length; i++) {
            left[i] = new Logits();
            right[i] = new Logits();
        }
    }

    /** hidden and reference t by n, head v by n. */
    void diverge(HostTensor hidden, HostTensor reference, PackedMatrix head, double softCap, double[] divergences) {
        int t = hidden.rows();
        Normalisers p = Normalisers.of(scorer, hidden, head, softCap);
        Normalisers q = Normalisers.of(scorer, reference, head, softCap);
        int chunks = ChunkScores.count(head.rows());
        if (partials.length < t * chunks) {
            partials = new double[Math.multiplyExact(t, chunks)];
        }
        Partition parts = Partition.of(t, chunks, pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            int first = parts.firstRow(task);
            int count = parts.rowCount(task);
            left[worker].take(hidden, first, count);
            right[worker].take(reference, first, count);
            for (int chunk = parts.firstUnit(task); chunk < parts.lastUnit(task); chunk++) {
                addChunk(worker, head, (float) softCap, chunk, chunks, first, p, q);
            }
        });
        for (int row = 0; row < t; row++) {
            double sum = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                sum += partials[row * chunks + chunk];
            }
            divergences[row] = Double.isNaN(p.sums[row]) || Double.isNaN(q.sums[row]) ? Double.NaN : sum;
        }
    }

    private void addChunk(
            int worker, PackedMatrix head, float cap, int chunk, int chunks, int first, Normalisers p, Normalisers q) {
        int rows = left[worker].rows();
        for (int i = 0; i < rows; i++) {
            partials[(first + i) * chunks + chunk] = 0;
        }
        int last = Math.min(head.rows(), (chunk + 1) * ChunkScores.TOKENS);
        for (int token = chunk * ChunkScores.TOKENS; token < last; token += Logits.TOKENS) {
            int count = Math.min(Logits.TOKENS, last - token);
            MemorySegment a = left[worker].compute(head, token, count);
            MemorySegment b = right[worker].compute(head, token, count);
            for (int i = 0; i < rows; i++) {
                prepare(a, Logits.offset(i), count, cap);
                prepare(b, Logits.offset(i), count, cap);
                partials[(first + i) * chunks + chunk] += sum(a, b, Logits.offset(i), count, p, q, first + i);
            }
        }
    }

    private static void prepare(MemorySegment logits, long at, int count, float cap) {
        if (cap != 0) {
            Logits.softCap(logits, at, count, cap);
        }
        Logits.pad(logits, at, count);
    }

    private static double sum(
            MemorySegment a, MemorySegment b, long at, int count, Normalisers p, Normalisers q, int row) {
        float shift = (float) (p.logarithm(row) - q.logarithm(row));
        float pScale = (float) (1 / p.sums[row]);
        float qScale = (float) (1 / q.sums[row]);
        return sum(a, b, at, count, p.largest[row], pScale, q.largest[row], qScale, shift);
    }

    private static double sum(
            MemorySegment a,
            MemorySegment b,
            long at,
            int count,
            float pLargest,
            float pScale,
            float qLargest,
            float qScale,
            float shift) {
        DoubleVector lower = DoubleVector.zero(Lanes.DOUBLES);
        DoubleVector upper = lower;
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            FloatVector x = Lanes.load(a, at + j);
            FloatVector y = Lanes.load(b, at + j);
            FloatVector p = VectorMath.exp(x.sub(pLargest)).mul(pScale);
            FloatVector q = VectorMath.exp(y.sub(qLargest)).mul(qScale);
            FloatVector terms = terms(p, q, x.sub(y).sub(shift));
            lower = lower.add(terms.convertShape(VectorOperators.F2D, Lanes.DOUBLES, 0));
            upper = upper.add(terms.convertShape(VectorOperators.F2D, Lanes.DOUBLES, 1));
        }
        return Lanes.sum(lower.add(upper));
    }

    /** p (exp(-d) - 1 + d), which is q - p + p d. */
    private static FloatVector terms(FloatVector p, FloatVector q, FloatVector d) {
        FloatVector series =
                C8.fma(d, C7).fma(d, C6).fma(d, C5).fma(d, C4).fma(d, C3).fma(d, C2);
        FloatVector near = series.mul(d).mul(d).mul(p);
        FloatVector far = p.fma(d, q.sub(p));
        return far.blend(near, d.abs().compare(VectorOperators.LT, NEAR));
    }

    private static FloatVector constant(double value) {
        return FloatVector.broadcast(Lanes.FLOATS, (float) value);
    }

    @Override
    public void close() {
        for (int i = 0; i < left.length; i++) {
            left[i].close();
            right[i].close();
        }
    }

    /**
     * What makes probabilities of the logits of each row.
     *
     * @param largest the largest logit
     * @param sums sum of exp(logit - largest), not a number if a logit is not finite
     */
    private record Normalisers(float[] largest, double[] sums) {

        static Normalisers of(VocabularyScorer scorer, HostTensor hidden, PackedMatrix head, double softCap) {
            int t = hidden.rows();
            int[] rows = new int[t];
            for (int row = 0; row < t; row++) {
                rows[row] = row;
            }
            scorer.score(hidden, rows, new int[t], head, softCap, new double[t], new int[t]);
            float[] largest = new float[t];
            double[] sums = new double[t];
            for (int row = 0; row < t; row++) {
                largest[row] = scorer.largest(row);
                sums[row] = scorer.sum(row);
            }
            return new Normalisers(largest, sums);
        }

        double logarithm(int row) {
            return largest[row] + Math.log(sums[row]);
        }
    }
}
