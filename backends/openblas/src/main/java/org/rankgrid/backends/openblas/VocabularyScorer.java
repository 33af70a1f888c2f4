package org.rankgrid.backends.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.rankgrid.backends.scalar.HostMemory;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.backends.vector.WorkerPool;

/**
 * Log-probabilities of given tokens: a block of rows meets the vocabulary block by block, so that only the logits of one
 * such tile exist at a time. Sums of exponentials run in double, against the largest logit so far.
 */
final class VocabularyScorer {

    /** Rows of a tile. */
    private static final int ROWS = 64;

    /** Vocabulary of a tile: its logits, 512 kB, stay in the second cache. */
    private static final int WORDS = 2048;

    private final WorkerPool pool;
    private final Sgemm[] callers;
    private final MemorySegment[] logits;

    /** A scorer on the threads of a pool, each with a caller of its own. */
    VocabularyScorer(WorkerPool pool, Sgemm[] callers, Arena arena) {
        this.pool = pool;
        this.callers = callers;
        logits = new MemorySegment[callers.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = HostMemory.floats(arena, ROWS, WORDS);
        }
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
        int n = hidden.columns();
        pool.run(Math.ceilDiv(rows.length, ROWS), (task, worker) -> {
            int first = task * ROWS;
            int count = Math.min(ROWS, rows.length - first);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment asked = HostMemory.floats(arena, count, n);
                double[] capped = new double[WORDS];
                RunningScore[] scores = new RunningScore[count];
                for (int i = 0; i < count; i++) {
                    MemorySegment.copy(
                            hidden.data(),
                            hidden.offset(rows[first + i]) * Float.BYTES,
                            asked,
                            (long) i * n * Float.BYTES,
                            (long) n * Float.BYTES);
                    scores[i] = new RunningScore(targets[first + i], softCap);
                }
                for (int word = 0; word < head.rows(); word += WORDS) {
                    int words = Math.min(WORDS, head.rows() - word);
                    callers[worker].product(asked, head.from(word), logits[worker], count, n, words, words, 0);
                    for (int i = 0; i < count; i++) {
                        scores[i].add(logits[worker], (long) i * words, word, words, capped);
                    }
                }
                for (int i = 0; i < count; i++) {
                    logProbabilities[first + i] = scores[i].logProbability();
                    best[first + i] = scores[i].best();
                }
            }
        });
    }

    /** What is known of one row after some of the vocabulary. */
    private static final class RunningScore {

        private final int target;
        private final double softCap;
        private double targetLogit;
        private double largest = Double.NEGATIVE_INFINITY;
        private int best = -1;
        private double sum;
        private boolean finite = true;

        RunningScore(int target, double softCap) {
            this.target = target;
            this.softCap = softCap;
        }

        /** Takes the logits of some words, the first of which is {@code word}; {@code capped} is room for them. */
        void add(MemorySegment logits, long offset, int word, int words, double[] capped) {
            double before = largest;
            for (int v = 0; v < words; v++) {
                double logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, offset + v);
                finite &= Double.isFinite(logit);
                capped[v] = softCap == 0 ? logit : softCap * Math.tanh(logit / softCap);
                if (capped[v] > largest) {
                    largest = capped[v];
                    best = word + v;
                }
            }
            if (!finite) {
                return;
            }
            if (target >= word && target < word + words) {
                targetLogit = capped[target - word];
            }
            double added = 0;
            for (int v = 0; v < words; v++) {
                added += Math.exp(capped[v] - largest);
            }
            sum = sum * Math.exp(before - largest) + added;
        }

        double logProbability() {
            return finite ? targetLogit - largest - Math.log(sum) : Double.NaN;
        }

        int best() {
            return finite ? best : -1;
        }
    }
}
