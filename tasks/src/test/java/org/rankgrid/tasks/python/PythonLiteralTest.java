package org.rankgrid.tasks.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a table that {@code ast.literal_eval} wrote (python-tables.py beside it). */
class PythonLiteralTest {

    private static final String LETTERS = "[](){}'\",:\\\n\u00E9 \uD83D0x.eE_-+uN#";

    static Stream<Map<String, Object>> literals() {
        return Tables.read(PythonLiteralTest.class, "literals.jsonl").stream();
    }

    static Stream<Map<String, Object>> texts() {
        return Tables.read(PythonTextTest.class, "texts.jsonl").stream();
    }

    @ParameterizedTest
    @MethodSource("literals")
    void literalsAreWhatPythonReads(Map<String, Object> row) {
        String text = Tables.text(row, "text");
        Object expected = row.get("repr");

        if (expected == null) {
            assertThatExceptionOfType(PythonLiteralException.class).isThrownBy(() -> PythonLiteral.parse(text));
        } else {
            assertThat(PythonText.repr(PythonLiteral.parse(text))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aPrintedTextReadsBack(Map<String, Object> row) {
        String text = Tables.text(row, "text");

        assertThat(PythonLiteral.parse(PythonText.repr(List.of(text, text)))).isEqualTo(List.of(text, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['a', b] | at character 7 stands 'b]', where a literal was expected",
                "['a' | the text ends where ',' or ']' was expected",
                "['\uD83D\uDE00', 'b | at character 7 stands a string that does not end",
                "['a', '\\x4'] | at character 7 in a string, the escape \\x needs 2 hexadecimal digits",
                "12345678901234567890 | at character 1 stands a whole number beyond 64 bits",
                "{[1]: 2} | at character 2 a list cannot be a key of a dict",
                "the plain text of a choice | at character 1 stands 'the plain text of a ', where a literal was expected",
            })
    void saysWhatStandsWhere(String text, String message) {
        assertThatExceptionOfType(PythonLiteralException.class)
                .isThrownBy(() -> PythonLiteral.parse(text))
                .withMessage(message);
    }

    @Test
    void anyTextIsALiteralOrADeclaredError() {
        Random random = new Random(5);
        List<String> sources = literals().map(row -> Tables.text(row, "text")).toList();
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(sources.get(random.nextInt(sources.size())));
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                    case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                    default -> text.append(sources.get(random.nextInt(sources.size())));
                }
            }
            try {
                PythonText.repr(PythonLiteral.parse(text.toString()));
            } catch (PythonLiteralException declared) {
                assertThat(declared).hasMessageNotContaining("\n");
            }
        }
    }
}
