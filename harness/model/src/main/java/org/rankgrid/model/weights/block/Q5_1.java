package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Blocks of 32 five-bit numbers q, one scale d and one minimum m; a value is d q + m. The four low bits lie as in
 * {@link Q4_1}; bit j of h is the fifth bit of value j.
 *
 * <pre>
 *   byte  0   2   4       8                                24
 *         | d | m |   h   | q16:q0 q17:q1 ...      q31:q15 |
 * </pre>
 */
public record Q5_1() implements BlockFormat {

    @Override
    public int blockValues() {
        return 32;
    }

    @Override
    public int blockBytes() {
        return 24;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        long block = at;
        for (int first = offset; first < offset + count; first += 32, block += 24) {
            float d = LittleEndian.half(source, block);
            float m = LittleEndian.half(source, block + 2);
            int h = source.get(LittleEndian.INT, block + 4);
            for (int j = 0; j < 16; j++) {
                int pair = source.get(LittleEndian.BYTE, block + 8 + j);
                int low = (pair & 0xF) | (h >> j & 1) << 4;
                int high = (pair >> 4 & 0xF) | (h >> (16 + j) & 1) << 4;
                into[first + j] = d * low + m;
                into[first + 16 + j] = d * high + m;
            }
        }
    }
}
