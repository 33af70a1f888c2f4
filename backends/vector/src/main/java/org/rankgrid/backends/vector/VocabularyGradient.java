package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;

/**
 * Log-probabilities and their gradients in one way through the vocabulary, without the matrix of logits: those of a block of
 * rows for a few tokens at a time become weights exp(logit - largest so far), which are multiplied with the head. Where a
 * larger logit comes, the row's sum so far is scaled down to it. A row is summed over the vocabulary in order by one thread.
 */
final class VocabularyGradient implements AutoCloseable {

    private static final FloatVector ONE = FloatVector.broadcast(Lanes.FLOATS, 1);

    private final WorkerPool pool;
    private final ChunkScores scores = new ChunkScores();
    private final Transposition transposition;
    private final Workspace[] workspaces;

    /** Gradients on the threads of a pool. */
    VocabularyGradient(WorkerPool pool) {
        this.pool = pool;
        this.transposition = new Transposition(pool);
        this.workspaces = new Workspace[pool.threads()];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = new Workspace();
        }
    }

    /** hidden and dHidden t by n, head v by n. */
    void differentiate(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            PackedMatrix head,
            double softCap,
            double[] logProbabilities,
            HostTensor dHidden) {
        dHidden.data().fill((byte) 0);
        if (rows.length == 0) {
            return;
        }
        scores.reserve(rows.length, head.rows());
        int[] best = new int[rows.length];
        PackedMatrix transpose = transposition.of(head);
        Partition parts = Partition.ofRows(rows.length, 1, pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            Workspace own = workspaces[worker];
            int first = parts.firstRow(task);
            own.take(hidden, rows, first, parts.rowCount(task));
            own.sumUp(head, transpose, (float) softCap, targets, first, scores);
            for (int i = 0; i < parts.rowCount(task); i++) {
                int place = first + i;
                scores.merge(place, logProbabilities, best);
                double bend = softCap == 0 ? 0 : scores.targetLogits()[place] / softCap;
                float atTarget = (float) (weight * (1 - bend * bend));
                float scale = (float) (weight / scores.sum(place));
                own.write(i, scale, head, targets[place], atTarget, dHidden, rows[place]);
            }
        });
    }

    @Override
    public void close() {
        transposition.close();
        for (Workspace workspace : workspaces) {
            workspace.close();
        }
    }

    /** What one thread keeps between calls: the sums of a block of rows. */
    private static final class Workspace {

        private final LogitBlock block = new LogitBlock();
        private final RowBlock weightRows = new RowBlock();
        private final BlockProduct product = new BlockProduct();
        private final NativeScratch scratch = new NativeScratch();
        private final FloatScratch targetRow = new FloatScratch();
        private float[] largest = {};
        private int columns;

        void take(HostTensor hidden, int[] rows, int first, int count) {
            columns = hidden.columns();
            block.take(hidden, rows, first, count);
            if (largest.length < count) {
                largest = new float[count];
            }
        }

        /** sums = sum over the vocabulary of exp(logit - largest) slope times the row of the head. */
        void sumUp(PackedMatrix head, PackedMatrix transpose, float cap, int[] targets, int first, ChunkScores scores) {
            MemorySegment sums = scratch.floats((long) block.rows() * columns);
            Lanes.clear(sums, 0, block.rows() * columns);
            Arrays.fill(largest, 0, block.rows(), Float.NEGATIVE_INFINITY);
            for (int chunk = 0; chunk < ChunkScores.count(head.rows()); chunk++) {
                block.begin();
                int last = Math.min(head.rows(), (chunk + 1) * ChunkScores.TOKENS);
                for (int token = chunk * ChunkScores.TOKENS; token < last; token += Logits.TOKENS) {
                    int tokens = Math.min(Logits.TOKENS, last - token);
                    MemorySegment logits = block.add(head, cap, token, tokens, targets, first, scores.targetLogits());
                    toWeights(logits, tokens, cap, sums);
                    addProduct(logits, transpose, token, tokens, sums);
                }
                scores.keep(block, first, chunk);
            }
        }

        private void toWeights(MemorySegment logits, int tokens, float cap, MemorySegment sums) {
            for (int i = 0; i < block.rows(); i++) {
                if (block.largest(i) > largest[i]) {
                    float factor = (float) Math.exp((double) largest[i] - block.largest(i));
                    scale(sums, (long) i * columns, columns, factor);
                    largest[i] = block.largest(i);
                }
                if (cap == 0) {
                    exponentiate(logits, Logits.offset(i), tokens, largest[i]);
                } else {
                    exponentiate(logits, Logits.offset(i), tokens, largest[i], cap);
                }
            }
        }

        private void addProduct(
                MemorySegment weights, PackedMatrix transpose, int token, int tokens, MemorySegment sums) {
            weightRows.take(weights, 0, block.rows(), tokens, Logits.TOKENS);
            for (int panel = 0; panel < transpose.panels(); panel++) {
                int column = panel * MicroKernel.COLUMNS;
                long at = transpose.offset(panel, token);
                int count = Math.min(MicroKernel.COLUMNS, columns - column);
                product.addBlock(weightRows, 0, tokens, transpose.data(), at, sums, column, columns, count);
            }
        }

        /** Writes the gradient of a row: its sum times a scale, less the row of the head at the target times another. */
        void write(int i, float scale, PackedMatrix head, int target, float atTarget, HostTensor dHidden, int row) {
            float[] ofTarget = targetRow.atLeast(columns);
            head.readRow(target, ofTarget);
            MemorySegment sums = scratch.floats((long) block.rows() * columns);
            long from = (long) i * columns;
            long to = dHidden.offset(row);
            for (int j = 0; j < columns; j++) {
                float sum = sums.getAtIndex(ValueLayout.JAVA_FLOAT, from + j);
                dHidden.data()
                        .setAtIndex(ValueLayout.JAVA_FLOAT, to + j, Math.fma(sum, scale, -ofTarget[j] * atTarget));
            }
        }

        private static void scale(MemorySegment values, long at, int count, float factor) {
            int whole = Lanes.FLOATS.loopBound(count);
            for (int j = 0; j < whole; j += Lanes.WIDTH) {
                Lanes.store(Lanes.load(values, at + j).mul(factor), values, at + j);
            }
            int rest = count - whole;
            Lanes.store(Lanes.load(values, at + whole, rest).mul(factor), values, at + whole, rest);
        }

        private static void exponentiate(MemorySegment logits, long at, int count, float largest) {
            for (int j = 0; j < count; j += Lanes.WIDTH) {
                Lanes.store(VectorMath.exp(Lanes.load(logits, at + j).sub(largest)), logits, at + j);
            }
        }

        /** The same times the slope of the soft cap, whose values the logits are. */
        private static void exponentiate(MemorySegment logits, long at, int count, float largest, float cap) {
            for (int j = 0; j < count; j += Lanes.WIDTH) {
                FloatVector logit = Lanes.load(logits, at + j);
                FloatVector tanh = logit.div(cap);
                FloatVector slope = ONE.sub(tanh.mul(tanh));
                Lanes.store(VectorMath.exp(logit.sub(largest)).mul(slope), logits, at + j);
            }
        }

        void close() {
            block.close();
            scratch.close();
        }
    }
}
