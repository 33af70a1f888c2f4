package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Super-blocks of 256 five-bit numbers q, like {@link Q4_K}; bit g of byte j of h is the fifth bit of value j of group g.
 *
 * <pre>
 *   byte  0   2   4                     16              48                         176
 *         | d | e | s, m (GroupScales)  | h: 32 bytes   | q: 4 x 32 bytes          |
 * </pre>
 */
public record Q5_K() implements BlockFormat {

    @Override
    public int blockValues() {
        return 256;
    }

    @Override
    public int blockBytes() {
        return 176;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        long block = at;
        for (int first = offset; first < offset + count; first += 256, block += 176) {
            float d = LittleEndian.half(source, block);
            float e = LittleEndian.half(source, block + 2);
            for (int group = 0; group < 8; group++) {
                float scale = d * GroupScales.scale(source, block + 4, group);
                float minimum = e * GroupScales.minimum(source, block + 4, group);
                long high = block + 16;
                long numbers = block + 48 + (group >> 1) * 32L;
                int shift = (group & 1) * 4;
                int to = first + group * 32;
                for (int j = 0; j < 32; j++) {
                    int low = source.get(LittleEndian.BYTE, numbers + j) >> shift & 0xF;
                    int fifth = source.get(LittleEndian.BYTE, high + j) >> group & 1;
                    into[to + j] = scale * (low | fifth << 4) - minimum;
                }
            }
        }
    }
}
