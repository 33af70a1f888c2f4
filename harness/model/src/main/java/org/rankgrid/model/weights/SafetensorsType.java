package org.rankgrid.model.weights;

import java.util.Arrays;
import java.util.Optional;
import org.rankgrid.model.weights.block.BF16;
import org.rankgrid.model.weights.block.BlockFormat;
import org.rankgrid.model.weights.block.F16;
import org.rankgrid.model.weights.block.F32;

/** The types of safetensors whose width is known; {@link #F32}, {@link #F16}, {@link #BF16} and {@link #F64} can be read. */
enum SafetensorsType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1),
    F8_E4M3(1),
    F8_E5M2(1);

    private final int bytes;

    SafetensorsType(int bytes) {
        this.bytes = bytes;
    }

    /** The type of that name; empty for one this class does not know. */
    static Optional<SafetensorsType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Bytes of a value. */
    int bytes() {
        return bytes;
    }

    /** How to read it as 32-bit floats; empty for integers, truth values and 64-bit floats. */
    Optional<BlockFormat> format() {
        return Optional.ofNullable(
                switch (this) {
                    case F32 -> new F32();
                    case F16 -> new F16();
                    case BF16 -> new BF16();
                    default -> null;
                });
    }
}
