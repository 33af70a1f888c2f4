package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;

/** Logits of some rows for a few tokens at a time. Used by one thread. */
final class Logits implements AutoCloseable {

    /** Tokens held at a time: a row of them fits the first cache, all rows of them the second. */
    static final int TOKENS = 256;

    private final RowBlock rows = new RowBlock();
    private final BlockProduct product = new BlockProduct();
    private final NativeScratch scratch = new NativeScratch();

    /** Takes the rows asked at some places of a list. */
    void take(HostTensor hidden, int[] list, int first, int count) {
        rows.gather(hidden.data(), list, first, count, hidden.columns());
    }

    /** Takes consecutive rows. */
    void take(HostTensor hidden, int first, int count) {
        rows.take(hidden.data(), hidden.offset(first), count, hidden.columns());
    }

    /** Rows taken. */
    int rows() {
        return rows.rows();
    }

    /** Where, in floats, the logits of a row begin. */
    static long offset(int row) {
        return (long) row * TOKENS;
    }

    /**
     * The logits of some tokens, valid until the next call; zero in places without a token.
     *
     * @param token the first, a multiple of {@link #TOKENS}
     */
    MemorySegment compute(PackedMatrix head, int token, int count) {
        MemorySegment logits = scratch.floats(offset(rows()));
        if (count < TOKENS) {
            Lanes.clear(logits, 0, rows() * TOKENS);
        }
        int panel = token / MicroKernel.COLUMNS;
        int lastPanel = Math.ceilDiv(token + count, MicroKernel.COLUMNS);
        product.multiply(rows, head, panel, lastPanel, null, logits, 0, TOKENS);
        return logits;
    }

    /** logit = cap tanh(logit / cap) for some logits from a place on. */
    static void softCap(MemorySegment logits, long at, int count, float cap) {
        for (int j = 0; j < count; j += Lanes.WIDTH) {
            FloatVector capped =
                    VectorMath.tanh(Lanes.load(logits, at + j).div(cap)).mul(cap);
            Lanes.store(capped, logits, at + j);
        }
    }

    /** Writes, in places of the last vector without a token, a logit that weighs nothing. */
    static void pad(MemorySegment logits, long at, int count) {
        for (int j = count; j % Lanes.WIDTH != 0; j++) {
            logits.setAtIndex(ValueLayout.JAVA_FLOAT, at + j, -Float.MAX_VALUE);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
