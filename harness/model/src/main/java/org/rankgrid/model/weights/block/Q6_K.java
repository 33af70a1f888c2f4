package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Super-blocks of 256 six-bit numbers q in sixteen groups of 16, with a signed scale s for each group and a scale d for
 * all; a value is (d s) (q - 32). A half of 128 values is four runs of 32: run r takes its four low bits from half bytes
 * of l (runs 0 and 1: low halves of bytes 0-31 and 32-63; runs 2 and 3: their high halves) and its two high bits from
 * bits 2 r and 2 r + 1 of h.
 *
 * <pre>
 *   byte  0                   128                192               208 210
 *         | l: 2 x 64 bytes   | h: 2 x 32 bytes  | s: 16 bytes     | d |
 * </pre>
 */
public record Q6_K() implements BlockFormat {

    @Override
    public int blockValues() {
        return 256;
    }

    @Override
    public int blockBytes() {
        return 210;
    }

    @Override
    public void decode(MemorySegment source, long at, int count, float[] into, int offset) {
        long block = at;
        for (int first = offset; first < offset + count; first += 256, block += 210) {
            float d = LittleEndian.half(source, block + 208);
            for (int group = 0; group < 16; group++) {
                float scale = d * source.get(LittleEndian.BYTE, block + 192 + group);
                int half = group >> 3;
                int run = group >> 1 & 3;
                int within = (group & 1) * 16;
                long lows = block + half * 64L + (run & 1) * 32L + within;
                long highs = block + 128 + half * 32L + within;
                int lowShift = (run >> 1) * 4;
                int highShift = run * 2;
                int to = first + group * 16;
                for (int j = 0; j < 16; j++) {
                    int low = source.get(LittleEndian.BYTE, lows + j) >> lowShift & 0xF;
                    int high = source.get(LittleEndian.BYTE, highs + j) >> highShift & 3;
                    into[to + j] = scale * ((low | high << 4) - 32);
                }
            }
        }
    }
}
