package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;

/**
 * Log-probabilities of tokens without the matrix of logits: a block of rows meets a chunk of the vocabulary at a time, and
 * of each row and chunk only the largest logit, its token, and the sum of exponentials stay. Chunks are fixed and merged in
 * order, so that the division into tasks changes no bit.
 */
final class VocabularyScorer implements AutoCloseable {

    private final WorkerPool pool;
    private final LogitBlock[] blocks;
    private final ChunkScores scores = new ChunkScores();

    VocabularyScorer(WorkerPool pool) {
        this.pool = pool;
        this.blocks = new LogitBlock[pool.threads()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new LogitBlock();
        }
    }

    /** hidden t by n, head v by n. */
    void score(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            PackedMatrix head,
            double softCap,
            double[] logProbabilities,
            int[] best) {
        if (rows.length == 0) {
            return;
        }
        scores.reserve(rows.length, head.rows());
        Partition parts = Partition.wide(rows.length, ChunkScores.count(head.rows()), pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            LogitBlock block = blocks[worker];
            int first = parts.firstRow(task);
            block.take(hidden, rows, first, parts.rowCount(task));
            for (int chunk = parts.firstUnit(task); chunk < parts.lastUnit(task); chunk++) {
                block.scan(head, (float) softCap, chunk, targets, first, scores.targetLogits());
                scores.keep(block, first, chunk);
            }
        });
        for (int i = 0; i < rows.length; i++) {
            scores.merge(i, logProbabilities, best);
        }
    }

    /** The largest logit of a place of the list last scored. */
    float largest(int place) {
        return scores.largest(place);
    }

    /** Sum of exp(logit - largest) of a place of the list last scored; not a number if a logit is not finite. */
    double sum(int place) {
        return scores.sum(place);
    }

    @Override
    public void close() {
        for (LogitBlock block : blocks) {
            block.close();
        }
    }
}
