package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsHostileTest {

    private static final String VALID =
            "{'__metadata__':{'k':'v'},'a':{'dtype':'F32','shape':[2,3],'data_offsets':[0,24]},"
                    + "'b':{'dtype':'BF16','shape':[4],'data_offsets':[24,32]},'c':{'dtype':'I64','shape':[],'data_offsets':[32,40]}}";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("hostile.safetensors");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] bytes = SafetensorsBytes.of(quoted(VALID), 40);
        readEverything(Files.write(file, bytes));
        Hostile hostile = new Hostile(file, SafetensorsHostileTest::readEverything);
        hostile.everyTruncationOf(bytes);
        assertThat(hostile.refused()).isEqualTo(bytes.length);
    }

    @Test
    void everyFlippedByteIsSurvived() throws IOException {
        byte[] bytes = SafetensorsBytes.of(quoted(VALID), 40);
        Hostile hostile = new Hostile(file, SafetensorsHostileTest::readEverything);
        hostile.everyFlipOf(bytes, bytes.length - 40);
        assertThat(hostile.refused()).isGreaterThan(200);
    }

    @Test
    void randomDamageIsSurvived() throws IOException {
        byte[] bytes = SafetensorsBytes.of(quoted(VALID), 40);
        Hostile hostile = new Hostile(file, SafetensorsHostileTest::readEverything);
        hostile.randomDamageTo(bytes, 9, 250);
        hostile.randomDamageTo(bytes, 0, 250);
        assertThat(hostile.refused()).isGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource({"1152921504606846976", "-1", "2000000000", "90000000", "0", "1"})
    void aClaimedHeaderLengthIsNotBelieved(long claimed) throws IOException {
        byte[] header = quoted(VALID).getBytes(StandardCharsets.UTF_8);
        refuses(
                SafetensorsBytes.of(claimed, header, 40),
                "claims a header of " + Long.toUnsignedString(claimed),
                "goes on for " + (header.length + 40));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1073741824,1073741824] | takes 4611686018427387904",
                "[1073741824,1073741824,1073741824,16] | more than any file holds",
                "[2,4] | has 24 bytes, but shape [2, 4] of F32 takes 32",
                "[-2,-3] | dimension of -2",
                "[4294967296] | dimension of 4294967296",
                "[2,3.0] | is not a list of whole numbers",
                "[2,'3'] | is not a list of whole numbers",
                "6 | is not a list of whole numbers",
                "[2,99999999999999999999] | header that is not JSON",
            })
    void aShapeThatIsNotThatOfTheBytesIsRefused(String shape, String says) throws IOException {
        refusesHeader("{'a':{'dtype':'F32','shape':" + shape + ",'data_offsets':[0,24]}}", 24, says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0,32] | ends at byte 32 of the data, but there are only 24",
                "[-8,16] | goes from byte -8 to 16",
                "[24,0] | goes from byte 24 to 0",
                "[0,9223372036854775807] | ends at byte 9223372036854775807",
                "[0] | pair of data_offsets",
                "[0,12,24] | pair of data_offsets",
            })
    void offsetsOutsideTheDataAreRefused(String offsets, String says) throws IOException {
        refusesHeader("{'a':{'dtype':'F32','shape':[6],'data_offsets':" + offsets + "}}", 24, "tensor 'a'", says);
    }

    @Test
    void overlapsAndHolesAreRefused() throws IOException {
        String pair =
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':%s}}";
        refusesHeader(pair.formatted("[4,12]"), 12, "tensor 'b' begins at byte 4", "ends at 8");
        refusesHeader(pair.formatted("[12,20]"), 20, "tensor 'b' begins at byte 12", "ends at 8");
        refusesHeader(pair.formatted("[8,16]"), 20, "has 20 bytes of data", "end at 16");
    }

    @Test
    void namesThatComeTwiceAreRefused() throws IOException {
        String twice = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
        refusesHeader("{" + twice + "," + twice + "}", 8, "Duplicate Object property \"a\"");
    }

    @Test
    void aHeaderThatIsNoHeaderIsRefused() throws IOException {
        refusesHeader("[]", 0, "expected '{'");
        refusesHeader("{'a':1}", 0, "tensor 'a' is not an object");
        refusesHeader("{'a':{}}", 0, "lacks its dtype");
        refusesHeader("{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0],'more':1}}", 0, "unknown key 'more'");
        refusesHeader("{'__metadata__':{'n':1}}", 0, "key 'n' is not a text");
        refusesHeader("{'__metadata__':[]}", 0, "'__metadata__' is not an object of texts");
        refusesHeader("{} {}", 0, "more in it than one JSON object");
        refusesHeader("{'a" + "[".repeat(10000), 0, "not JSON");
        refusesHeader("{'a':" + "{'a':".repeat(10000), 0, "tensor 'a'");
    }

    @Test
    void namesFromTheFileCannotSpoilTheMessage() throws IOException {
        refusesHeader("{'a\\nb\\u001b" + "x".repeat(5000) + "':1}", 0, "'a\\u000ab\\u001bxxx", "...'");
    }

    @Test
    void paddingAndAnEmptyFileAreFine() throws IOException {
        for (String header : new String[] {"{}", "{}      ", "{'__metadata__':{}}"}) {
            Files.write(file, SafetensorsBytes.of(quoted(header), 0));
            try (SafetensorsFile empty = SafetensorsFile.open(file)) {
                assertThat(empty.names()).isEmpty();
            }
        }
    }

    @Test
    void anUnknownTypeIsRefusedOnlyWhenAskedFor() throws IOException {
        String header = "{'a':{'dtype':'F4','shape':[6],'data_offsets':[0,3]},"
                + "'b':{'dtype':'F32','shape':[1],'data_offsets':[3,7]}}";
        Files.write(file, SafetensorsBytes.of(quoted(header), 7));
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            assertThat(open.floats("b")).containsExactly(Float.intBitsToFloat(0x06050403));
        }
        refuses(SafetensorsBytes.of(quoted(header), 7), "tensor 'a'", "'F4'");
    }

    private void refusesHeader(String header, int dataBytes, String... says) throws IOException {
        refuses(SafetensorsBytes.of(quoted(header), dataBytes), says);
    }

    private void refuses(byte[] bytes, String... says) throws IOException {
        Hostile.refuses(file, bytes, SafetensorsHostileTest::readEverything, says);
    }

    private static String quoted(String header) {
        return header.replace('\'', '"');
    }

    /** Opens the file and reads every tensor that is said to be of floats. */
    private static void readEverything(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : file.names()) {
                if (!file.type(name).startsWith("I")) {
                    file.doubles(name);
                    if (file.shape(name).length == 1 || file.shape(name).length == 2) {
                        file.rows(name).readAll();
                    }
                }
            }
        }
    }
}
