package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * IEEE single precision, copied as it is.
 */
public record F32() implements BlockFormat {

    @Override
    public int blockValues() {
        return 1;
    }

    @Override
    public int blockBytes() {
        return 4;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        MemorySegment.copy(source, LittleEndian.FLOAT, at, into, offset, count);
    }
}
