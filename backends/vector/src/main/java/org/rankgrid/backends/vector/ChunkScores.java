package org.rankgrid.backends.vector;

/**
 * What scoring keeps of every row and chunk of the vocabulary, and what a row's chunks, merged in order, come to. Tasks write
 * to places of their own.
 */
final class ChunkScores {

    /** Tokens of a chunk. */
    static final int TOKENS = 2_048;

    private int chunks;
    private float[] largest = {};
    private double[] sums = {};
    private int[] largestTokens = {};
    private float[] targetLogits = {};
    private float[] rowLargest = {};
    private double[] rowSums = {};

    /** Chunks of a vocabulary. */
    static int count(int vocabulary) {
        return Math.ceilDiv(vocabulary, TOKENS);
    }

    /** Makes room; what was kept is lost. */
    void reserve(int rows, int vocabulary) {
        chunks = count(vocabulary);
        int places = Math.multiplyExact(rows, chunks);
        if (sums.length < places) {
            largest = new float[places];
            largestTokens = new int[places];
            sums = new double[places];
        }
        if (targetLogits.length < rows) {
            targetLogits = new float[rows];
            rowLargest = new float[rows];
            rowSums = new double[rows];
        }
    }

    /** The logits of targets, a place a row. */
    float[] targetLogits() {
        return targetLogits;
    }

    /** Keeps what a block of rows, the first of them {@code firstRow}, gave over a chunk. */
    void keep(LogitBlock block, int firstRow, int chunk) {
        for (int i = 0; i < block.rows(); i++) {
            int place = (firstRow + i) * chunks + chunk;
            largest[place] = block.largest(i);
            largestTokens[place] = block.largestToken(i);
            sums[place] = block.sum(i);
        }
    }

    /**
     * Merges the chunks of a row, all kept.
     *
     * @param logProbabilities receives that of the row's target; not a number if a logit is not finite
     * @param best receives the token of the largest logit, or -1
     */
    void merge(int row, double[] logProbabilities, int[] best) {
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

    /** The largest logit of a row merged. */
    float largest(int row) {
        return rowLargest[row];
    }

    /** Its sum of exp(logit - largest); not a number if a logit is not finite. */
    double sum(int row) {
        return rowSums[row];
    }
}
