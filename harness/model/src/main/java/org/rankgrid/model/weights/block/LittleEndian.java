package org.rankgrid.model.weights.block;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Layouts of the numbers in safetensors and GGUF files: little-endian, at any address. */
public final class LittleEndian {

    /** Signed bytes. */
    public static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    /** 16-bit integers, and the bits of 16-bit floats. */
    public static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** 32-bit integers. */
    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** 64-bit integers. */
    public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** 32-bit floats. */
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** 64-bit floats. */
    public static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    /** The IEEE half-precision number at an offset in bytes. */
    static float half(MemorySegment source, long at) {
        return Float.float16ToFloat(source.get(SHORT, at));
    }
}
