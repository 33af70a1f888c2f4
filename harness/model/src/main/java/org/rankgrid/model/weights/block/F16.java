package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * IEEE half precision: sign, 5 bits of exponent, 10 of fraction. Every value is exact in single precision.
 */
public record F16() implements BlockFormat {

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
            into[offset + i] = LittleEndian.half(source, at + 2L * i);
        }
    }
}
