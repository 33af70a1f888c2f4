package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.vector.WorkerPool;

/**
 * Log-probabilities of given tokens: a block of rows meets the vocabulary block by block, so that only the logits of one
 * such tile exist at a time. Sums of exponentials run in double, against the largest logit so far.
 */
final class VocabularyScorer {

    private final WorkerPool pool;
    private final LogitTiles tiles;

    /** A scorer on the threads of a pool. */
    VocabularyScorer(WorkerPool pool, LogitTiles tiles) {
        this.pool = pool;
        this.tiles = tiles;
    }

    /** See {@link org.rankgrid.backends.scalar.HostKernels#logProbabilities}. */
    void score(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            RowMajorWeight head,
            double softCap,
            double[] logProbabilities,
            int[] best) {
        pool.run(Math.ceilDiv(rows.length, LogitTiles.ROWS), (task, worker) -> {
            int first = task * LogitTiles.ROWS;
            int count = Math.min(LogitTiles.ROWS, rows.length - first);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment asked = LogitTiles.gather(hidden, rows, first, count, arena);
                RunningScore[] scores = tiles.scan(worker, asked, count, head, targets, first, softCap);
                for (int i = 0; i < count; i++) {
                    logProbabilities[first + i] = scores[i].logProbability();
                    best[first + i] = scores[i].best();
                }
            }
        });
    }
}
