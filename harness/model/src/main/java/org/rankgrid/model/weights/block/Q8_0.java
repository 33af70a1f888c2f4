package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Blocks of 32 signed bytes q and one scale d; a value is d q.
 *
 * <pre>
 *   byte  0   2                                34
 *         | d | q0 q1 q2 ...               q31 |
 * </pre>
 */
public record Q8_0() implements BlockFormat {

    @Override
    public int blockValues() {
        return 32;
    }

    @Override
    public int blockBytes() {
        return 34;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        long block = at;
        for (int first = offset; first < offset + count; first += 32, block += 34) {
            float d = LittleEndian.half(source, block);
            for (int j = 0; j < 32; j++) {
                into[first + j] = d * source.get(LittleEndian.BYTE, block + 2 + j);
            }
        }
    }
}
