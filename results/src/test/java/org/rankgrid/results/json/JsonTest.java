package org.rankgrid.results.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;

class JsonTest {

    @Test
    void keepsTheOrderOfKeysAndTheKindOfNumbers() {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("z", 1);
        tree.put("a", 2.0);
        tree.put("ratio", new BigDecimal("0.10"));
        tree.put("none", Optional.empty());
        tree.put("list", List.of("x\n", true));

        assertThat(Json.line(tree))
                .isEqualTo("{\"z\":1,\"a\":2.0,\"ratio\":0.10,\"none\":null,\"list\":[\"x\\n\",true]}");
    }

    @Test
    void indentsByTwoSpacesWithLineFeedsOnly() {
        assertThat(Json.pretty(Map.of("a", Map.of("b", List.of(1, 2)))))
                .isEqualTo("{\n  \"a\": {\n    \"b\": [ 1, 2 ]\n  }\n}\n");
    }

    @Test
    void everyFiniteDoubleReadsBackToTheSameBits() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(parse(Json.line(Map.of("x", value))).real("x")).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesToWriteWhatIsNotFinite(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.line(Map.of("list", List.of(value))));
    }

    @Test
    void refusesToWriteUnknownTypes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.line(Map.of("x", new StringBuilder())))
                .withMessageContaining("java.lang.StringBuilder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": NaN}",
                "{\"x\": \"NaN\"}",
                "{\"x\": 1e999}",
                "{\"x\": -1e999999999}",
                "{\"x\": Infinity}",
                "{\"x\": true}",
                "{\"x\": null}",
                "{\"x\": \"1\"}",
                "{\"x\": 1, \"x\": 2}",
                "{\"x\": 1} {}",
                "{\"x\": 1",
                "[1]",
                "",
                "null",
                "{}"
            })
    void refusesToReadAnythingButOneFiniteNumber(String text) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> parse(text).real("x"))
                .withMessageStartingWith("f.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "9223372036854775808", "1e999999999", "\"1\""})
    void refusesToReadAsWholeWhatIsNotOne(String text) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> parse("{\"x\": " + text + "}").whole("x"))
                .withMessageContaining("but a whole number was expected");
    }

    @Test
    void saysWhereAndWhatWasExpected() {
        JsonObject json = parse("{\"scores\": [{\"value\": 1}, {\"value\": [2]}]}");

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> json.objects("scores").get(1).real("value"))
                .withMessage("f.json: scores[1].value is a list, but a finite number was expected");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> json.text("task"))
                .withMessage("f.json: task is missing, a text was expected");
    }

    @Test
    void namesTheFirstUnknownKey() {
        JsonObject json = parse("{\"a\": 1, \"b\": 2, \"c\": 3}");
        json.whole("a");

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(json::end)
                .withMessage("f.json: b is not a key that belongs there");
    }

    @Test
    void survivesNestingWithoutEnd() {
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> parse("{\"x\":" + "[".repeat(200_000)));
    }

    @Test
    void saysTheLineOfASyntaxError() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> parse("{\n  \"a\": 1,\n  oops\n}"))
                .withMessageStartingWith("f.json:3:")
                .withMessageNotContaining("\n");
    }

    private static JsonObject parse(String text) {
        return Json.parse("f.json", text.getBytes(StandardCharsets.UTF_8));
    }
}
