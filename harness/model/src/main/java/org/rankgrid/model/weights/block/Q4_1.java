package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Blocks of 32 four-bit numbers q, one scale d and one minimum m; a value is d q + m. The first 16 values lie in the low
 * halves of the bytes, the other 16 in the high halves. d q is exact, so a value is rounded once.
 *
 * <pre>
 *   byte  0   2   4                                20
 *         | d | m | q16:q0 q17:q1 ...      q31:q15 |
 * </pre>
 */
public record Q4_1() implements BlockFormat {

    @Override
    public int blockValues() {
        return 32;
    }

    @Override
    public int blockBytes() {
        return 20;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        long block = at;
        for (int first = offset; first < offset + count; first += 32, block += 20) {
            float d = LittleEndian.half(source, block);
            float m = LittleEndian.half(source, block + 2);
            for (int j = 0; j < 16; j++) {
                int pair = source.get(LittleEndian.BYTE, block + 4 + j);
                into[first + j] = d * (pair & 0xF) + m;
                into[first + 16 + j] = d * (pair >> 4 & 0xF) + m;
            }
        }
    }
}
