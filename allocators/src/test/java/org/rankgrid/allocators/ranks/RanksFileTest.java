package org.rankgrid.allocators.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.rank.RankPlan;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RanksFileTest {

    private static final String GOOD =
            "{\n  \"a.b[q]\" : 12,\r\n\t\"c\\u0041\\\"\\\\\": \"dense\", \"\u00fc\ud83d\ude00\":0}\n";

    @Test
    void readsRanksAndDense() {
        var entries = RanksFile.read(file(GOOD));
        assertThat(entries.keySet()).containsExactly("a.b[q]", "cA\"\\", "\u00fc\ud83d\ude00");
        assertThat(entries.values()).extracting(RanksFile.Entry::rank).containsExactly(12, RankPlan.DENSE, 0);
        assertThat(entries.values())
                .extracting(RanksFile.Entry::place)
                .containsExactly("r.json:2:3", "r.json:3:2", "r.json:3:26");
        assertThat(RanksFile.read(file(" { } "))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``              | 1:1  | found the end of the file, expected an object",
                "[]              | 1:1  | found '[', expected an object",
                "{               | 1:2  | found the end of the file, expected the key of a layer",
                "{a: 1}          | 1:2  | found 'a', expected the key of a layer in double quotes",
                "{\"a\" 1}       | 1:6  | found '1', expected a colon",
                "{\"a\": 1.5}    | 1:7  | found '1', expected a whole rank or \"dense\"",
                "{\"a\": -1}     | 1:7  | found '-', expected a whole rank or \"dense\"",
                "{\"a\": 1e3}    | 1:7  | found '1', expected a whole rank",
                "{\"a\": 007}    | 1:7  | found '0', expected a whole rank",
                "{\"a\": 9999999999999999999999} | 1:7 | found '9', expected a whole rank",
                "{\"a\": \"Dense\"} | 1:7 | found '\"', expected a whole rank or \"dense\"",
                "{\"a\": null}   | 1:7  | found 'n', expected a whole rank",
                "{\"a\": {}}     | 1:7  | found '{', expected a whole rank",
                "{\"a\": 1,}     | 1:9  | found '}', expected the key of a layer",
                "{\"a\": 1 \"b\": 2} | 1:9 | found '\"', expected a comma or the closing brace",
                "{\"a\": 1} x    | 1:10 | found 'x', expected nothing after the closing brace",
                "{\"a\\q\": 1}   | 1:5  | found 'q', expected a JSON escape",
                "{\"\\u00g0\": 1} | 1:7 | found 'g', expected four hexadecimal digits",
                "{\"a            | 1:4  | found the end of the file, expected a closing quote"
            })
    void tellsWhatIsWrongAndWhere(String text, String place, String problem) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read(file(text)))
                .withMessageStartingWith("r.json:" + place + ": " + problem);
    }

    @Test
    void refusesALayerThatStandsTwice() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read(file("{\"a\": 1,\n \"\\u0061\": 2}")))
                .withMessage(
                        "r.json:2:2: the key 'a' stands here for the second time, expected each layer once: remove one"
                                + " of the two.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\nb\": 1}", "\u0000", "{\"\u0000\": 1}", "\ufeff{}", "\u2028"})
    void controlAndOddCharactersAreNamed(String text) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read(file(text)))
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("\n", "\u0000"));
    }

    @Test
    void refusesWhatIsNoText() {
        FileContent latin = new FileContent("r.json", new byte[] {'{', '"', (byte) 0xe4, '"', ':', '1', '}'}, "0");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read(latin))
                .withMessageStartingWith("r.json is no UTF-8 text");
    }

    @Test
    void messagesBearHugeKeys() {
        String key = "k".repeat(1_000_000);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RanksFile.read(file("{\"" + key + "\":1,\"" + key + "\":1}")))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(300));
    }

    /** Whatever is accepted, Jackson reads in the same way; everything else is an {@link InputException}. */
    @Test
    void anyBytesSurvive() {
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(5);
        for (int length = 0; length <= good.length; length++) {
            check(Arrays.copyOf(good, length));
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                String frequent = "{}[]\",:\\ue.-+019nd \n";
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte)
                        (random.nextBoolean()
                                ? random.nextInt(256)
                                : frequent.charAt(random.nextInt(frequent.length())));
            }
            check(bytes);
        }
    }

    private static void check(byte[] bytes) {
        int count;
        try {
            count = RanksFile.read(new FileContent("r.json", bytes, "0")).size();
        } catch (InputException e) {
            assertThat(e.getMessage()).startsWith("r.json");
            return;
        }
        try {
            JsonNode read = JsonMapper.shared().readTree(bytes);
            assertThat(read.isObject()).isTrue();
            assertThat(read.size()).isEqualTo(count);
        } catch (JacksonException e) {
            throw new AssertionError("accepted what is no JSON: " + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static FileContent file(String text) {
        return new FileContent("r.json", text.getBytes(StandardCharsets.UTF_8), "0");
    }
}
