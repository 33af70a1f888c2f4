package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * A storage format: a row of a tensor is a run of blocks, each of a fixed number of values in a fixed number of bytes. A
 * plain float is a block of one value. The names and layouts of quantised blocks are ggml's (ggml-common.h and
 * dequantize_row_* in ggml-quants.c).
 */
public sealed interface BlockFormat permits F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K, Q6_K {

    /** Values in a block. */
    int blockValues();

    /** Bytes of a block. */
    int blockBytes();

    /**
     * Reads consecutive values as 32-bit floats. Allocates nothing.
     *
     * @param source bytes that hold the tensor
     * @param at where in {@code source} the first block begins, in bytes
     * @param count how many values, a multiple of {@link #blockValues}
     * @param into receives the values
     * @param offset where in {@code into} the first value goes
     */
    void decode(MemorySegment source, long at, int count, float[] into, int offset);

    /** Bytes of a run of values, whose number is a multiple of {@link #blockValues}. */
    default long bytes(long values) {
        return Math.multiplyExact(values / blockValues(), (long) blockBytes());
    }
}
