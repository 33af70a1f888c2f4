package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Super-blocks of 256 four-bit numbers q in eight groups of 32, with a scale s and a minimum m for each group and scales
 * d, e for all; a value is (d s) q - (e m). Bytes 32 p to 32 p + 31 of q hold group 2 p in their low halves and group
 * 2 p + 1 in their high halves. Products are exact, so a value is rounded once.
 *
 * <pre>
 *   byte  0   2   4                     16                         144
 *         | d | e | s, m (GroupScales)  | q: 4 x 32 bytes          |
 * </pre>
 */
public record Q4_K() implements BlockFormat {

    @Override
    public int blockValues() {
        return 256;
    }

    @Override
    public int blockBytes() {
        return 144;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        long block = at;
        for (int first = offset; first < offset + count; first += 256, block += 144) {
            float d = LittleEndian.half(source, block);
            float e = LittleEndian.half(source, block + 2);
            for (int group = 0; group < 8; group++) {
                float scale = d * GroupScales.scale(source, block + 4, group);
                float minimum = e * GroupScales.minimum(source, block + 4, group);
                long numbers = block + 16 + (group >> 1) * 32L;
                int shift = (group & 1) * 4;
                int to = first + group * 32;
                for (int j = 0; j < 32; j++) {
                    into[to + j] = scale * (source.get(LittleEndian.BYTE, numbers + j) >> shift & 0xF) - minimum;
                }
            }
        }
    }
}
