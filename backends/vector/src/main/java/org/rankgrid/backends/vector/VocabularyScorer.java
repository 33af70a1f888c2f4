package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;

/**
 * Log-probabilities of tokens without the matrix of logits: a block of rows meets a chunk of the vocabulary at a time, and
 * of each row and chunk only the largest logit, its token, and the sum of exponentials stay. Chunks are fixed and merged in
 * order, so that the division into tasks changes no bit.
 */
final class VocabularyScorer implements AutoCloseable {

    /** Tokens of a chunk. */
    static final int CHUNK = 2_048;

    private final WorkerPool pool;
    private final LogitBlock[] blocks;
    private float[] largest = {};
    private double[] sums = {};
    private int[] largestTokens = {};
    private float[] targetLogits = {};
    private float[] rowLargest = {};
    private double[] rowSums = {};

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
        int chunks = Math.ceilDiv(head.rows(), CHUNK);
        reserve(Math.multiplyExact(rows.length, chunks), rows.length);
        Partition parts = Partition.wide(rows.length, chunks, pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            LogitBlock block = blocks[worker];
            int first = parts.firstRow(task);
            int count = parts.rowCount(task);
            block.take(hidden, rows, first, count);
            for (int chunk = parts.firstUnit(task); chunk < parts.lastUnit(task); chunk++) {
                int lastToken = Math.min(head.rows(), (chunk + 1) * CHUNK);
                block.scan(head, (float) softCap, chunk * CHUNK, lastToken, targets, first, targetLogits);
                for (int i = 0; i < count; i++) {
                    int place = (first + i) * chunks + chunk;
                    largest[place] = block.largest(i);
                    largestTokens[place] = block.largestToken(i);
                    sums[place] = block.sum(i);
                }
            }
        });
        for (int i = 0; i < rows.length; i++) {
            merge(i, chunks, logProbabilities, best);
        }
    }

    private void merge(int row, int chunks, double[] logProbabilities, int[] best) {
        int first = row * chunks;
        int top = first;
        for (int place = first + 1; place < first + chunks; place++) {
            top = largest[place] > largest[top] ? place : top;
        }
        double sum = 0;
        for (int place = first; place < first + chunks; place++) {
            sum += sums[place] * Math.exp((double) largest[place] - largest[top]);
        }
        rowLargest[row] = largest[top];
        rowSums[row] = sum;
        boolean finite = !Double.isNaN(sum);
        logProbabilities[row] = finite ? (double) targetLogits[row] - largest[top] - Math.log(sum) : Double.NaN;
        best[row] = finite ? largestTokens[top] : -1;
    }

    /** The largest logit of a place of the list last scored. */
    float largest(int place) {
        return rowLargest[place];
    }

    /** Sum of exp(logit - largest) of a place of the list last scored; not a number if a logit is not finite. */
    double sum(int place) {
        return rowSums[place];
    }

    private void reserve(int partials, int rows) {
        if (sums.length < partials) {
            largest = new float[partials];
            largestTokens = new int[partials];
            sums = new double[partials];
        }
        if (targetLogits.length < rows) {
            targetLogits = new float[rows];
            rowLargest = new float[rows];
            rowSums = new double[rows];
        }
    }

    @Override
    public void close() {
        for (LogitBlock block : blocks) {
            block.close();
        }
    }
}
