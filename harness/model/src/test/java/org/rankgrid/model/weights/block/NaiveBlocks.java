package org.rankgrid.model.weights.block;

import java.util.List;

/** ggml's blocks decoded value by value from a byte array, written from the C structs; slow and obvious. */
final class NaiveBlocks {

    private NaiveBlocks() {}

    /** Value i of the block that begins at b. */
    static float value(BlockFormat format, byte[] bytes, int b, int i) {
        return switch (format) {
            case F32 _ -> Float.intBitsToFloat(u16(bytes, b) | u16(bytes, b + 2) << 16);
            case F16 _ -> half(bytes, b);
            case BF16 _ -> Float.intBitsToFloat(u16(bytes, b) << 16);
            case Q8_0 _ -> half(bytes, b) * bytes[b + 2 + i];
            case Q4_0 _ -> half(bytes, b) * (nibble(bytes, b + 2, i) - 8);
            case Q4_1 _ -> half(bytes, b) * nibble(bytes, b + 4, i) + half(bytes, b + 2);
            case Q5_0 _ -> half(bytes, b) * (nibble(bytes, b + 6, i) + 16 * bit(bytes, b + 2, i) - 16);
            case Q5_1 _ -> half(bytes, b) * (nibble(bytes, b + 8, i) + 16 * bit(bytes, b + 4, i)) + half(bytes, b + 2);
            case Q4_K _ -> {
                int[] scaleAndMinimum = scaleAndMinimum(bytes, b + 4, i / 32);
                int q = kNibble(bytes, b + 16, i);
                yield half(bytes, b) * scaleAndMinimum[0] * q - half(bytes, b + 2) * scaleAndMinimum[1];
            }
            case Q5_K _ -> {
                int[] scaleAndMinimum = scaleAndMinimum(bytes, b + 4, i / 32);
                int fifth = u8(bytes, b + 16 + i % 32) / (1 << (i / 32)) % 2;
                int q = kNibble(bytes, b + 48, i) + 16 * fifth;
                yield half(bytes, b) * scaleAndMinimum[0] * q - half(bytes, b + 2) * scaleAndMinimum[1];
            }
            case Q6_K _ -> {
                int part = i / 128; // of ql[64], qh[32], scales[8]
                int run = i % 128 / 32;
                int l = i % 32;
                int low = u8(bytes, b + 64 * part + l + (run == 1 || run == 3 ? 32 : 0));
                low = run < 2 ? low % 16 : low / 16;
                int high = u8(bytes, b + 128 + 32 * part + l)
                        / List.of(1, 4, 16, 64).get(run)
                        % 4;
                int scale = bytes[b + 192 + 8 * part + l / 16 + 2 * run];
                yield half(bytes, b + 208) * scale * (low + 16 * high - 32);
            }
        };
    }

    /** qs[16]: low halves are values 0 to 15, high halves 16 to 31. */
    private static int nibble(byte[] bytes, int qs, int i) {
        return i < 16 ? u8(bytes, qs + i) % 16 : u8(bytes, qs + i - 16) / 16;
    }

    /** qs[128]: of each 32 bytes, low halves are 32 values and high halves the next 32. */
    private static int kNibble(byte[] bytes, int qs, int i) {
        int pair = u8(bytes, qs + i / 64 * 32 + i % 32);
        return i % 64 < 32 ? pair % 16 : pair / 16;
    }

    private static int bit(byte[] bytes, int at, int i) {
        return u8(bytes, at + i / 8) / (1 << (i % 8)) % 2;
    }

    /** get_scale_min_k4. */
    private static int[] scaleAndMinimum(byte[] bytes, int q, int j) {
        if (j < 4) {
            return new int[] {u8(bytes, q + j) % 64, u8(bytes, q + j + 4) % 64};
        }
        return new int[] {
            u8(bytes, q + j + 4) % 16 + u8(bytes, q + j - 4) / 64 * 16,
            u8(bytes, q + j + 4) / 16 + u8(bytes, q + j) / 64 * 16
        };
    }

    private static float half(byte[] bytes, int at) {
        return Float.float16ToFloat((short) u16(bytes, at));
    }

    private static int u16(byte[] bytes, int at) {
        return u8(bytes, at) + 256 * u8(bytes, at + 1);
    }

    private static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }
}
