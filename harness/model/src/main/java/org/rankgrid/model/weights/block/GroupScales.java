package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * The eight six-bit scales s and eight six-bit minima m that {@link Q4_K} and {@link Q5_K} pack into 12 bytes, for eight
 * groups of 32 values.
 *
 * <pre>
 *   byte i,     i = 0..3    bits 7-6: s(4+i) high    bits 5-0: s(i)
 *   byte 4 + i, i = 0..3    bits 7-6: m(4+i) high    bits 5-0: m(i)
 *   byte 8 + i, i = 0..3    bits 7-4: m(4+i) low     bits 3-0: s(4+i) low
 * </pre>
 */
final class GroupScales {

    private GroupScales() {}

    /** s of a group, 0 to 63; {@code at} is where the 12 bytes begin. */
    static int scale(MemorySegment source, long at, int group) {
        return group < 4
                ? source.get(LittleEndian.BYTE, at + group) & 63
                : joined(source.get(LittleEndian.BYTE, at + 4 + group), source.get(LittleEndian.BYTE, at + group - 4));
    }

    /** m of a group, 0 to 63; {@code at} is where the 12 bytes begin. */
    static int minimum(MemorySegment source, long at, int group) {
        return group < 4
                ? source.get(LittleEndian.BYTE, at + 4 + group) & 63
                : joined(source.get(LittleEndian.BYTE, at + 4 + group) >> 4, source.get(LittleEndian.BYTE, at + group));
    }

    private static int joined(int low, int high) {
        return (low & 0xF) | (high >> 6 & 3) << 4;
    }
}
