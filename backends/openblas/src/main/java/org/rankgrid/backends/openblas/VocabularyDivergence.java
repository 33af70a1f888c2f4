package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.vector.WorkerPool;

/** Divergences of the distributions of two models over a vocabulary: their log-sum-exps first, then the sum in double. */
final class VocabularyDivergence {

    private final WorkerPool pool;
    private final LogitTiles left;
    private final LogitTiles right;

    /** Divergences on the threads of a pool, with tiles for the logits of either model. */
    VocabularyDivergence(WorkerPool pool, LogitTiles left, LogitTiles right) {
        this.pool = pool;
        this.left = left;
        this.right = right;
    }

    /** See {@link org.rankgrid.backends.scalar.HostKernels#divergences}. */
    void diverge(HostTensor hidden, HostTensor reference, RowMajorWeight head, double softCap, double[] divergences) {
        int[] rows = IntStream.range(0, hidden.rows()).toArray();
        int[] targets = new int[rows.length];
        pool.run(Math.ceilDiv(rows.length, LogitTiles.ROWS), (task, worker) -> {
            int first = task * LogitTiles.ROWS;
            int count = Math.min(LogitTiles.ROWS, rows.length - first);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment a = LogitTiles.gather(hidden, rows, first, count, arena);
                MemorySegment b = LogitTiles.gather(reference, rows, first, count, arena);
                RunningScore[] p = left.scan(worker, a, count, head, targets, first, softCap);
                RunningScore[] q = right.scan(worker, b, count, head, targets, first, softCap);
                double[] sums = new double[count];
                for (int word = 0; word < head.rows(); word += LogitTiles.WORDS) {
                    int words = LogitTiles.words(head, word);
                    MemorySegment x = left.compute(worker, a, count, head, word);
                    MemorySegment y = right.compute(worker, b, count, head, word);
                    for (int i = 0; i < count; i++) {
                        sums[i] += sum(x, y, (long) i * words, words, p[i].logSum(), q[i].logSum(), softCap);
                    }
                }
                System.arraycopy(sums, 0, divergences, first, count);
            }
        });
    }

    private static double sum(
            MemorySegment x, MemorySegment y, long offset, int words, double logP, double logQ, double softCap) {
        double sum = 0;
        for (int v = 0; v < words; v++) {
            double p = capped(x, offset + v, softCap) - logP;
            double q = capped(y, offset + v, softCap) - logQ;
            sum += Math.exp(p) * (p - q);
        }
        return sum;
    }

    private static double capped(MemorySegment logits, long at, double softCap) {
        double logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, at);
        return softCap == 0 ? logit : softCap * Math.tanh(logit / softCap);
    }
}
