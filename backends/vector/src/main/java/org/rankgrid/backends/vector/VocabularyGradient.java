package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;

/**
 * Gradients of log-probabilities without the matrix of logits: once their sums are known, the logits of a block of rows are
 * computed again for a few tokens at a time, turned into their gradients, and these multiplied with the head. A row's
 * gradient is summed over the vocabulary in order by one thread.
 */
final class VocabularyGradient implements AutoCloseable {

    private static final FloatVector ONE = FloatVector.broadcast(Lanes.FLOATS, 1);

    private final WorkerPool pool;
    private final VocabularyScorer scorer;
    private final Workspace[] workspaces;

    /** Gradients on the threads of a pool, with sums from a scorer. */
    VocabularyGradient(WorkerPool pool, VocabularyScorer scorer) {
        this.pool = pool;
        this.scorer = scorer;
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
        scorer.score(hidden, rows, targets, head, softCap, logProbabilities, new int[rows.length]);
        Partition parts = Partition.ofRows(rows.length, 1, pool.threads());
        pool.run(parts.tasks(), (task, worker) -> {
            Workspace own = workspaces[worker];
            int first = parts.firstRow(task);
            int count = parts.rowCount(task);
            own.logits.take(hidden, rows, first, count);
            MemorySegment sums = own.sums.floats((long) count * hidden.columns());
            Lanes.clear(sums, 0, count * hidden.columns());
            for (int token = 0; token < head.rows(); token += Logits.TOKENS) {
                int tokens = Math.min(Logits.TOKENS, head.rows() - token);
                MemorySegment logits = own.logits.compute(head, token, tokens);
                for (int i = 0; i < count; i++) {
                    toGradient(
                            logits, i, token, tokens, first + i, targets[first + i], (float) weight, (float) softCap);
                }
                own.addProduct(logits, count, head, token, tokens, sums);
            }
            scatter(sums, rows, first, count, dHidden);
        });
    }

    /** Turns the logits of one row into the gradients with respect to them. */
    private void toGradient(
            MemorySegment logits, int row, int token, int tokens, int place, int target, float weight, float cap) {
        long at = Logits.offset(row);
        float largest = scorer.largest(place);
        float scale = (float) (weight / scorer.sum(place));
        float atTarget = target >= token && target < token + tokens ? weight : 0;
        long targetAt = at + Math.clamp((long) target - token, 0, tokens - 1);
        if (cap == 0) {
            exponentiate(logits, at, tokens, largest, scale);
            subtract(logits, targetAt, atTarget);
        } else {
            Logits.softCap(logits, at, tokens, cap);
            double bend = logits.getAtIndex(ValueLayout.JAVA_FLOAT, targetAt) / (double) cap;
            exponentiate(logits, at, tokens, largest, scale, cap);
            subtract(logits, targetAt, (float) (atTarget * (1 - bend * bend)));
        }
    }

    private static void subtract(MemorySegment logits, long at, float value) {
        logits.setAtIndex(ValueLayout.JAVA_FLOAT, at, logits.getAtIndex(ValueLayout.JAVA_FLOAT, at) - value);
    }

    private static void exponentiate(MemorySegment logits, long at, int count, float largest, float scale) {
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            FloatVector power = VectorMath.exp(Lanes.load(logits, at + j).sub(largest));
            Lanes.store(power.mul(scale), logits, at + j);
        }
    }

    /** The same times the slope of the soft cap, whose values the logits are. */
    private static void exponentiate(MemorySegment logits, long at, int count, float largest, float scale, float cap) {
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            FloatVector logit = Lanes.load(logits, at + j);
            FloatVector tanh = logit.div(cap);
            FloatVector slope = ONE.sub(tanh.mul(tanh));
            FloatVector power = VectorMath.exp(logit.sub(largest));
            Lanes.store(power.mul(scale).mul(slope), logits, at + j);
        }
    }

    private static void scatter(MemorySegment sums, int[] rows, int first, int count, HostTensor dHidden) {
        long bytes = (long) dHidden.columns() * Float.BYTES;
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(sums, i * bytes, dHidden.data(), dHidden.offset(rows[first + i]) * Float.BYTES, bytes);
        }
    }

    @Override
    public void close() {
        for (Workspace workspace : workspaces) {
            workspace.close();
        }
    }

    /** What one thread keeps between calls. */
    private static final class Workspace {
        private final Logits logits = new Logits();
        private final RowTiles tiles = new RowTiles();
        private final TransposedProduct product = new TransposedProduct();
        private final NativeScratch sums = new NativeScratch();

        /** sums = sums + gradients * the rows of the head they belong to. */
        void addProduct(
                MemorySegment gradients, int count, PackedMatrix head, int token, int tokens, MemorySegment into) {
            int n = head.columns();
            tiles.pack(gradients, 0, count, tokens, Logits.TOKENS);
            product.addTo(tiles, head, token, token + tokens, 0, Math.ceilDiv(n, MicroKernel.COLUMNS), into, 0, n);
        }

        void close() {
            logits.close();
            product.close();
            sums.close();
        }
    }
}
