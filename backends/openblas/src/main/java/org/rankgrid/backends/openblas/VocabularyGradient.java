package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.backends.scalar.HostMemory;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.vector.WorkerPool;

/**
 * Gradients of log-probabilities: once a block of rows has met the whole vocabulary, its logits are computed again tile by
 * tile, turned into their gradients in double, and these multiplied with the head.
 */
final class VocabularyGradient {

    private final WorkerPool pool;
    private final Sgemm[] callers;
    private final LogitTiles tiles;

    /** Gradients on the threads of a pool, each with a caller of its own. */
    VocabularyGradient(WorkerPool pool, Sgemm[] callers, LogitTiles tiles) {
        this.pool = pool;
        this.callers = callers;
        this.tiles = tiles;
    }

    /** See {@link org.rankgrid.backends.scalar.HostBackwardKernels#logProbabilities}. */
    void differentiate(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            RowMajorWeight head,
            double softCap,
            double[] logProbabilities,
            HostTensor dHidden) {
        dHidden.data().fill((byte) 0);
        int n = head.columns();
        pool.run(Math.ceilDiv(rows.length, LogitTiles.ROWS), (task, worker) -> {
            int first = task * LogitTiles.ROWS;
            int count = Math.min(LogitTiles.ROWS, rows.length - first);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment asked = LogitTiles.gather(hidden, rows, first, count, arena);
                MemorySegment sums = HostMemory.floats(arena, count, n);
                Sgemm.Result result = new Sgemm.Result(sums, count, n, n);
                RunningScore[] scores = tiles.scan(worker, asked, count, head, targets, first, softCap);
                for (int word = 0; word < head.rows(); word += LogitTiles.WORDS) {
                    int words = LogitTiles.words(head, word);
                    MemorySegment logits = tiles.compute(worker, asked, count, head, word);
                    for (int i = 0; i < count; i++) {
                        toGradient(logits, (long) i * words, words, scores[i].logSum(), weight, softCap);
                        subtractTarget(
                                logits, (long) i * words, words, targets[first + i] - word, scores[i], weight, softCap);
                    }
                    callers[worker].transposedProduct(logits, words, head.from(word), head.stride(), words, result, 1);
                }
                for (int i = 0; i < count; i++) {
                    logProbabilities[first + i] = scores[i].logProbability();
                    copy(sums, i, dHidden, rows[first + i]);
                }
            }
        });
    }

    /** Turns the logits of one row into probabilities times the weight and the slope of the soft cap. */
    private static void toGradient(
            MemorySegment logits, long offset, int words, double logSum, double weight, double softCap) {
        for (int v = 0; v < words; v++) {
            double logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, offset + v);
            double tanh = softCap == 0 ? 0 : Math.tanh(logit / softCap);
            double capped = softCap == 0 ? logit : softCap * tanh;
            double gradient = weight * Math.exp(capped - logSum) * (1 - tanh * tanh);
            logits.setAtIndex(ValueLayout.JAVA_FLOAT, offset + v, (float) gradient);
        }
    }

    /** Takes the weight off at the target, if it is among these words. */
    private static void subtractTarget(
            MemorySegment gradients,
            long offset,
            int words,
            int target,
            RunningScore score,
            double weight,
            double softCap) {
        if (target < 0 || target >= words) {
            return;
        }
        double bend = softCap == 0 ? 0 : (score.logProbability() + score.logSum()) / softCap;
        double gradient = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, offset + target) - weight * (1 - bend * bend);
        gradients.setAtIndex(ValueLayout.JAVA_FLOAT, offset + target, (float) gradient);
    }

    private static void copy(MemorySegment sums, int place, HostTensor dHidden, int row) {
        long bytes = (long) dHidden.columns() * Float.BYTES;
        MemorySegment.copy(sums, place * bytes, dHidden.data(), dHidden.offset(row) * Float.BYTES, bytes);
    }
}
