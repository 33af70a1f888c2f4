package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufHostileTest {

    private static final long HUGE = 1L << 60;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("hostile.gguf");
    }

    private static GgufBytes header() {
        return GgufBytes.start(3, 4)
                .key("general.architecture", "llama")
                .key("llama.attention.head_count", 1)
                .key("general.alignment", 32)
                .string("list")
                .int32(GgufBytes.ARRAY)
                .int32(GgufBytes.TEXT)
                .int64(2)
                .string("x")
                .string("yz")
                .tensor("output.weight", 0, 0, 4, 2)
                .tensor("blk.0.attn_q.weight", 8, 32, 32, 2)
                .tensor("output_norm.weight", 1, 128, 4)
                .pad();
    }

    private static byte[] valid() {
        return header().data(136).bytes();
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        readEverything(Files.write(file, valid()));
        Hostile hostile = new Hostile(file, GgufHostileTest::readEverything);
        hostile.everyTruncationOf(valid());
        assertThat(hostile.refused()).isEqualTo(valid().length);
    }

    @Test
    void everyFlippedByteIsSurvived() throws IOException {
        Hostile hostile = new Hostile(file, GgufHostileTest::readEverything);
        hostile.everyFlipOf(valid(), header().size());
        assertThat(hostile.refused()).isGreaterThan(200);
    }

    @Test
    void randomDamageIsSurvived() throws IOException {
        Hostile hostile = new Hostile(file, GgufHostileTest::readEverything);
        hostile.randomDamageTo(valid(), 24, 250);
        hostile.randomDamageTo(valid(), 0, 250);
        assertThat(hostile.refused()).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(longs = {HUGE, -1, 2_000_000_000, 100})
    void claimedCountsAreNotBelieved(long claimed) throws IOException {
        String number = Long.toUnsignedString(claimed);
        refuses(GgufBytes.start(claimed, 0), "number of tensors is " + number);
        refuses(GgufBytes.start(0, claimed), "number of metadata keys is " + number);
        refuses(GgufBytes.start(0, 1).int64(claimed).text("k").data(30), "metadata key 0 is " + number);
        refuses(
                GgufBytes.start(0, 1)
                        .string("k")
                        .int32(GgufBytes.TEXT)
                        .int64(claimed)
                        .data(30),
                "length of key 'k' is " + number);
        for (int type : new int[] {0, 6, GgufBytes.TEXT, GgufBytes.ARRAY}) {
            refuses(
                    GgufBytes.start(0, 1)
                            .string("k")
                            .int32(GgufBytes.ARRAY)
                            .int32(type)
                            .int64(claimed)
                            .data(30),
                    "number of values of key 'k' is " + number);
        }
        refuses(GgufBytes.start(1, 0).int64(claimed).data(30), "name of tensor 0 is " + number);
    }

    @Test
    void listsInListsEndSomewhere() throws IOException {
        GgufBytes bytes = GgufBytes.start(0, 1).string("k").int32(GgufBytes.ARRAY);
        for (int i = 0; i < 100_000; i++) {
            bytes.int32(GgufBytes.ARRAY).int64(1);
        }
        refuses(bytes, "key 'k'", "more than 4 deep");
    }

    @Test
    void listsInListsAreRead() throws IOException {
        Files.write(
                file,
                GgufBytes.start(0, 1)
                        .string("k")
                        .int32(GgufBytes.ARRAY)
                        .int32(GgufBytes.ARRAY)
                        .int64(1)
                        .int32(GgufBytes.U32)
                        .int64(2)
                        .int32(7)
                        .int32(-1)
                        .bytes());
        try (GgufFile open = GgufFile.open(file)) {
            assertThat(open.metadata().get("k"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactly(new long[] {7, 4294967295L});
        }
    }

    @Test
    void otherFilesAndVersionsAreRefused() throws IOException {
        refuses(new GgufBytes().text("PK").data(40), "begins with 504b0001", "GGUF");
        refuses(new GgufBytes().text("GGUF").int32(1).data(40), "version 1", "2 or 3");
        refuses(new GgufBytes().text("GGUF").int32(4).data(40), "version 4");
        refuses(new GgufBytes().text("GGUF").int32(3 << 24).data(40), "big-endian");
    }

    @Test
    void namesThatComeTwiceAreRefused() throws IOException {
        refuses(GgufBytes.start(0, 2).key("k", 1).key("k", 1), "metadata key 'k' twice");
        refuses(
                GgufBytes.start(2, 0)
                        .tensor("t", 0, 0, 1)
                        .tensor("t", 0, 32, 1)
                        .pad()
                        .data(64),
                "tensor 't' twice");
    }

    @Test
    void valuesOfUnknownTypesAreRefused() throws IOException {
        refuses(GgufBytes.start(0, 1).string("k").int32(13).data(30), "key 'k' has the value type 13");
        refuses(
                GgufBytes.start(0, 1)
                        .string("k")
                        .int32(GgufBytes.ARRAY)
                        .int32(99)
                        .int64(1)
                        .data(30),
                "key 'k' has the value type 99");
        refuses(GgufBytes.start(0, 1).string("k").int32(7).int32(2), "key 'k' is 2, expected 0 or 1");
        refuses(GgufBytes.start(0, 1).string("k").int32(10).int64(-1), "key 'k' is 18446744073709551615");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 33, -1})
    void anAlignmentIsAPowerOfTwo(int alignment) throws IOException {
        refuses(GgufBytes.start(0, 1).key("general.alignment", alignment), "'general.alignment'", "power of two");
    }

    @Test
    void tensorsMustLieInTheFile() throws IOException {
        refuses(one(0, 0, 33, 1), "tensor 't' of shape [1, 33] and type F32", "from there on the file has 128 bytes");
        refuses(one(0, 64, 32, 1), "begins at byte 64", "has 64 bytes");
        refuses(one(0, HUGE, 1, 1), "begins at byte " + HUGE, "has 0 bytes");
        refuses(one(0, -32, 1, 1), "begins at byte -32");
        refuses(one(0, 4, 1, 1), "expected a multiple of 32");
        refuses(one(0, 0, 1L << 30, 1L << 30), "has 128 bytes");
        refuses(one(0, 0, 1L << 30, 1L << 30, 1L << 30, 1L << 30), "has 128 bytes");
        refuses(one(0, 0, 1L << 31, 1), "dimension of 2147483648");
        refuses(one(0, 0, -1, 1), "dimension of 18446744073709551615");
        refuses(one(0, 0, 1, 1, 1, 1, 1), "has 5 dimensions, expected 0 to 4");
        refuses(
                GgufBytes.start(2, 0)
                        .tensor("b", 0, 32, 8)
                        .tensor("a", 0, 0, 16)
                        .pad()
                        .data(128),
                "tensor 'b' begins at byte 32",
                "from 64 on");
    }

    @Test
    void quantisedRowsAreWholeBlocks() throws IOException {
        refuses(one(12, 0, 32, 8), "tensor 't' has rows of 32 values, but Q4_K takes a multiple of 256");
    }

    @Test
    void anUnknownTypeIsRefusedOnlyWhenAskedFor() throws IOException {
        Files.write(file, one(23, 0, 256, 1).bytes());
        try (GgufFile open = GgufFile.open(file)) {
            assertThat(open.tensor("t").type()).isEqualTo("IQ4_XS");
        }
        refuses(one(23, 0, 256, 1), "tensor 't' has the type IQ4_XS", "Q4_K");
        refuses(one(77, 0, 256, 1), "tensor 't' has the type type 77");
    }

    private static GgufBytes one(int type, long offset, long... dimensions) {
        return GgufBytes.start(1, 0).tensor("t", type, offset, dimensions).pad().data(128);
    }

    private void refuses(GgufBytes bytes, String... says) throws IOException {
        Hostile.refuses(file, bytes.bytes(), GgufHostileTest::readEverything, says);
    }

    /** Opens the file and reads every tensor, under its own name and under that of Hugging Face. */
    private static void readEverything(Path path) {
        try (GgufFile file = GgufFile.open(path)) {
            for (GgufTensor tensor : file.tensors().values()) {
                file.rows(tensor.name()).readAll();
            }
        }
        try (GgufWeights weights = GgufWeights.open(path)) {
            for (String name : weights.names()) {
                weights.rows(name).readAll();
            }
        }
    }
}
