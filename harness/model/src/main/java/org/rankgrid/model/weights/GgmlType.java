package org.rankgrid.model.weights;

import java.util.Arrays;
import java.util.Optional;
import org.rankgrid.model.weights.block.BF16;
import org.rankgrid.model.weights.block.BlockFormat;
import org.rankgrid.model.weights.block.F16;
import org.rankgrid.model.weights.block.F32;
import org.rankgrid.model.weights.block.Q4_0;
import org.rankgrid.model.weights.block.Q4_1;
import org.rankgrid.model.weights.block.Q4_K;
import org.rankgrid.model.weights.block.Q5_0;
import org.rankgrid.model.weights.block.Q5_1;
import org.rankgrid.model.weights.block.Q5_K;
import org.rankgrid.model.weights.block.Q6_K;
import org.rankgrid.model.weights.block.Q8_0;

/** The tensor types of ggml by their numbers in a GGUF file (ggml.h); those with a format can be read. */
enum GgmlType {
    F32(0),
    F16(1),
    Q4_0(2),
    Q4_1(3),
    Q5_0(6),
    Q5_1(7),
    Q8_0(8),
    Q8_1(9),
    Q2_K(10),
    Q3_K(11),
    Q4_K(12),
    Q5_K(13),
    Q6_K(14),
    Q8_K(15),
    IQ2_XXS(16),
    IQ2_XS(17),
    IQ3_XXS(18),
    IQ1_S(19),
    IQ4_NL(20),
    IQ3_S(21),
    IQ2_S(22),
    IQ4_XS(23),
    I8(24),
    I16(25),
    I32(26),
    I64(27),
    F64(28),
    IQ1_M(29),
    BF16(30),
    TQ1_0(34),
    TQ2_0(35),
    MXFP4(39);

    private final int number;

    GgmlType(int number) {
        this.number = number;
    }

    /** The type of that number; empty for one this class does not know. */
    static Optional<GgmlType> numbered(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    /** How to read it; empty where it cannot be read. */
    Optional<BlockFormat> format() {
        return Optional.ofNullable(
                switch (this) {
                    case F32 -> new F32();
                    case F16 -> new F16();
                    case BF16 -> new BF16();
                    case Q4_0 -> new Q4_0();
                    case Q4_1 -> new Q4_1();
                    case Q5_0 -> new Q5_0();
                    case Q5_1 -> new Q5_1();
                    case Q8_0 -> new Q8_0();
                    case Q4_K -> new Q4_K();
                    case Q5_K -> new Q5_K();
                    case Q6_K -> new Q6_K();
                    default -> null;
                });
    }

    /** The types that can be read, for messages. */
    static String readable() {
        return String.join(
                ", ",
                Arrays.stream(values())
                        .filter(type -> type.format().isPresent())
                        .map(GgmlType::name)
                        .toList());
    }
}
