package org.rankgrid.model.weights.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BlockFormatTest {

    private static final String BLOCKS = "/org/rankgrid/model/weights/ggml-blocks.json";

    static Stream<BlockFormat> formats() {
        return Stream.concat(Stream.of(new F32(), new F16(), new BF16()), quantised());
    }

    static Stream<BlockFormat> quantised() {
        return Stream.of(
                new Q4_0(), new Q4_1(), new Q5_0(), new Q5_1(), new Q8_0(), new Q4_K(), new Q5_K(), new Q6_K());
    }

    @Test
    void everyHalfPrecisionPatternIsRead() {
        float[] values = decode(new F16(), everyPattern(), 65536);
        for (int bits = 0; bits < 65536; bits++) {
            assertThat(Float.floatToIntBits(values[bits]))
                    .as("pattern %04x", bits)
                    .isEqualTo(Float.floatToIntBits(Float.float16ToFloat((short) bits)));
        }
    }

    @Test
    void everyBrainFloatPatternIsRead() {
        float[] values = decode(new BF16(), everyPattern(), 65536);
        for (int bits = 0; bits < 65536; bits++) {
            assertThat(Float.floatToRawIntBits(values[bits])).isEqualTo(bits << 16);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void randomBlocksEqualTheNaiveDecoder(BlockFormat format) {
        int blocks = 37;
        byte[] bytes = new byte[blocks * format.blockBytes()];
        new Random(1).nextBytes(bytes);
        float[] values = decode(format, bytes, blocks * format.blockValues());
        for (int i = 0; i < values.length; i++) {
            float expected = NaiveBlocks.value(
                    format, bytes, i / format.blockValues() * format.blockBytes(), i % format.blockValues());
            assertThat(Float.floatToIntBits(values[i])).as("value %d", i).isEqualTo(Float.floatToIntBits(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("quantised")
    void blocksEqualThoseOfTheReferenceImplementation(BlockFormat format) throws Exception {
        JsonNode golden;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(BLOCKS))) {
            golden = JsonMapper.shared()
                    .readTree(in)
                    .path("formats")
                    .path(format.getClass().getSimpleName());
        }
        byte[] bytes = HexFormat.of().parseHex(golden.path("bytes").stringValue());
        byte[] expected = HexFormat.of().parseHex(golden.path("values").stringValue());
        float[] values = decode(format, bytes, bytes.length / format.blockBytes() * format.blockValues());
        ByteBuffer found = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        found.asFloatBuffer().put(values);
        assertThat(found.array()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readingStartsAnywhereAndTouchesNothingElse(BlockFormat format) {
        int count = 3 * format.blockValues();
        byte[] bytes = new byte[7 + 3 * format.blockBytes()];
        new Random(2).nextBytes(bytes);
        float[] values = new float[5 + count + 5];
        Arrays.fill(values, 42);
        format.decode(MemorySegment.ofArray(bytes), 7, count, values, 5);
        assertThat(Arrays.copyOfRange(values, 5, 5 + count))
                .isEqualTo(decode(format, Arrays.copyOfRange(bytes, 7, bytes.length), count));
        assertThat(Arrays.copyOf(values, 5)).containsOnly(42);
        assertThat(Arrays.copyOfRange(values, 5 + count, values.length)).containsOnly(42);
    }

    @Test
    void aQ4BlockMadeByHandIsRead() {
        // d = 0.5, m = -1; the first byte holds 3 (value 0) and 15 (value 16), all others 0.
        byte[] block = new byte[20];
        ByteBuffer.wrap(block)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x3800)
                .putShort((short) 0xBC00)
                .put((byte) 0xF3);
        float[] values = decode(new Q4_1(), block, 32);
        assertThat(values[0]).isEqualTo(0.5f);
        assertThat(values[16]).isEqualTo(6.5f);
        assertThat(values[1]).isEqualTo(-1f);
    }

    @Test
    void aQ6SuperBlockMadeByHandIsRead() {
        // d = 1, every scale 2, every q 33 (low 1, high 2) but value 200, whose low half is 15: group 12, run 2 of part
        // 1.
        byte[] block = new byte[210];
        Arrays.fill(block, 0, 128, (byte) 0x11);
        Arrays.fill(block, 128, 192, (byte) 0b10101010);
        Arrays.fill(block, 192, 208, (byte) 2);
        block[209] = 0x3C;
        block[64 + 8] = (byte) 0xF1;
        float[] values = decode(new Q6_K(), block, 256);
        assertThat(values[200]).isEqualTo(2f * (15 + 32 - 32));
        values[200] = 2;
        assertThat(values).containsOnly(2f);
    }

    @Test
    void aQ5SuperBlockMadeByHandIsRead() {
        // d = 2, e = 1; group 7 has scale 33 = 2 * 16 + 1 and minimum 18 = 1 * 16 + 2; value 230 is 16 + 5.
        byte[] block = new byte[176];
        ByteBuffer.wrap(block)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x4000)
                .putShort((short) 0x3C00);
        block[4 + 3] = (byte) 0x80;
        block[4 + 7] = (byte) 0x40;
        block[4 + 11] = (byte) 0x21;
        block[16 + 230 % 32] = (byte) 0x80;
        block[48 + 96 + 230 % 32] = (byte) 0x50;
        float[] values = decode(new Q5_K(), block, 256);
        assertThat(values[230]).isEqualTo(2f * 33 * 21 - 18);
        assertThat(values[231]).isEqualTo(-18f);
        assertThat(values[0]).isZero();
    }

    @Test
    void sizesAreThoseOfGgml() {
        assertThat(quantised().map(f -> List.of(f.blockValues(), f.blockBytes())))
                .containsExactly(
                        List.of(32, 18),
                        List.of(32, 20),
                        List.of(32, 22),
                        List.of(32, 24),
                        List.of(32, 34),
                        List.of(256, 144),
                        List.of(256, 176),
                        List.of(256, 210));
        assertThat(new Q4_K().bytes(1L << 40)).isEqualTo((1L << 40) / 256 * 144);
    }

    private static float[] decode(BlockFormat format, byte[] bytes, int count) {
        float[] values = new float[count];
        format.decode(MemorySegment.ofArray(bytes), 0, count, values, 0);
        return values;
    }

    private static byte[] everyPattern() {
        ByteBuffer patterns = ByteBuffer.allocate(65536 * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 65536; bits++) {
            patterns.putShort((short) bits);
        }
        return patterns.array();
    }
}
