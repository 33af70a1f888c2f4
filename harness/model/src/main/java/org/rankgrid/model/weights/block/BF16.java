package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * The upper half of a single-precision number.
 */
public record BF16() implements BlockFormat {

    @Override
    public int blockValues() {
        return 1;
    }

    @Override
    public int blockBytes() {
        return 2;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        for (int i = 0; i < count; i++) {
            into[offset + i] = Float.intBitsToFloat(source.get(LittleEndian.SHORT, at + 2L * i) << 16);
        }
    }
}
