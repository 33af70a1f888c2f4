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

    /** Words of a task: few rows still give work to all threads, and no number of threads changes a bit. */
    private static final int PART = 4 * LogitTiles.WORDS;

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
        int parts = Math.ceilDiv(head.rows(), PART);
        RunningScore[][] found = new RunningScore[Math.ceilDiv(rows.length, LogitTiles.ROWS) * parts][];
        pool.run(found.length, (task, worker) -> {
            int first = task / parts * LogitTiles.ROWS;
            int count = Math.min(LogitTiles.ROWS, rows.length - first);
            int word = task % parts * PART;
            int lastWord = Math.min(head.rows(), word + PART);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment asked = LogitTiles.gather(hidden, rows, first, count, arena);
                found[task] = tiles.scan(worker, asked, count, head, word, lastWord, targets, first, softCap);
            }
        });
        for (int row = 0; row < rows.length; row++) {
            int task = row / LogitTiles.ROWS * parts;
            int place = row % LogitTiles.ROWS;
            RunningScore score = found[task][place];
            for (int part = 1; part < parts; part++) {
                score.merge(found[task + part][place]);
            }
            logProbabilities[row] = score.logProbability();
            best[row] = score.best();
        }
    }
}
