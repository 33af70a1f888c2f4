package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Blocks of 32 four-bit numbers q and one scale d; a value is d (q - 8). The first 16 values lie in the low halves of the
 * bytes, the other 16 in the high halves.
 *
 * <pre>
 *   byte  0   2                                18
 *         | d | q16:q0 q17:q1 ...      q31:q15 |
 * </pre>
 */
public record Q4_0() implements BlockFormat {

    @Override
    public int blockValues() {
        return 32;
    }

    @Override
    public int blockBytes() {
        return 18;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        long block = at;
        for (int first = offset; first < offset + count; first += 32, block += 18) {
            float d = LittleEndian.half(source, block);
            for (int j = 0; j < 16; j++) {
                int pair = source.get(LittleEndian.BYTE, block + 2 + j);
                into[first + j] = d * ((pair & 0xF) - 8);
                into[first + 16 + j] = d * ((pair >> 4 & 0xF) - 8);
            }
        }
    }
}
