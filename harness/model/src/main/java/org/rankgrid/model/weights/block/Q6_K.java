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
            for (int part = 0; part < 4; part++) {
                int half = part >> 1;
                int within = (part & 1) * 16;
                long scales = block + 192 + half * 8L + (part & 1);
                float scale0 = d * source.get(LittleEndian.BYTE, scales);
                float scale1 = d * source.get(LittleEndian.BYTE, scales + 2);
                float scale2 = d * source.get(LittleEndian.BYTE, scales + 4);
                float scale3 = d * source.get(LittleEndian.BYTE, scales + 6);
                long lows = block + half * 64L + within;
                long highs = block + 128 + half * 32L + within;
                int to = first + half * 128 + within;
                for (int j = 0; j < 16; j++) {
                    int low02 = source.get(LittleEndian.BYTE, lows + j);
                    int low13 = source.get(LittleEndian.BYTE, lows + 32 + j);
                    int high = source.get(LittleEndian.BYTE, highs + j);
                    into[to + j] = scale0 * (((low02 & 0xF) | (high & 3) << 4) - 32);
                    into[to + 32 + j] = scale1 * (((low13 & 0xF) | (high >> 2 & 3) << 4) - 32);
                    into[to + 64 + j] = scale2 * (((low02 >> 4 & 0xF) | (high >> 4 & 3) << 4) - 32);
                    into[to + 96 + j] = scale3 * (((low13 >> 4 & 0xF) | (high >> 6 & 3) << 4) - 32);
                }
            }
        }
    }
}
