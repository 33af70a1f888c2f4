package org.rankgrid.tasks.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against tables that Python wrote (python-tables.py beside them). */
class PythonTextTest {

    static Stream<Map<String, Object>> texts() {
        return Tables.read(PythonTextTest.class, "texts.jsonl").stream();
    }

    static Stream<Map<String, Object>> values() {
        return Tables.read(PythonTextTest.class, "values.jsonl").stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textsAreWhatPythonMakesOfThem(Map<String, Object> row) {
        String text = Tables.text(row, "text");

        assertThat(PythonText.strip(text)).isEqualTo(row.get("strip"));
        assertThat(PythonText.lstrip(text)).isEqualTo(row.get("lstrip"));
        assertThat(PythonText.rstrip(text)).isEqualTo(row.get("rstrip"));
        assertThat(PythonText.strip(text, "ax '\uD83D\uDE00")).isEqualTo(row.get("stripped of ax '"));
        assertThat(PythonText.capitalize(text)).isEqualTo(row.get("capitalize"));
        assertThat(PythonText.title(text)).isEqualTo(row.get("title"));
        assertThat(PythonText.upper(text)).isEqualTo(row.get("upper"));
        assertThat(PythonText.lower(text)).isEqualTo(row.get("lower"));
        assertThat(PythonText.split(text)).isEqualTo(row.get("split"));
        assertThat(PythonText.splitByWhitespace(text)).isEqualTo(row.get("split by re"));
        assertThat(PythonText.repr(text)).isEqualTo(row.get("repr"));
        assertThat((long) PythonText.length(text)).isEqualTo(row.get("length"));
        assertThat((long) PythonText.trailingWhitespace(text)).isEqualTo(row.get("trailing"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesPrintAsPythonPrintsThem(Map<String, Object> row) {
        assertThat(PythonText.str(row.get("value"))).isEqualTo(row.get("str"));
        assertThat(PythonText.repr(row.get("value"))).isEqualTo(row.get("repr"));
    }

    @Test
    void whitespaceIsUnicodesAndTheSeparatorsOfInformation() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(PythonText::isSpace)
                        .mapToObj(c -> String.format("%x", c)))
                .isEqualTo(List.of(
                        "9", "a", "b", "c", "d", "1c", "1d", "1e", "1f", "20", "85", "a0", "1680", "2000", "2001",
                        "2002", "2003", "2004", "2005", "2006", "2007", "2008", "2009", "200a", "2028", "2029", "202f",
                        "205f", "3000"));
    }

    @Test
    void whatIsNotFinitePrintsAsAWord() {
        assertThat(PythonText.str(Double.NaN)).isEqualTo("nan");
        assertThat(PythonText.str(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
                .isEqualTo("[inf, -inf]");
    }

    @Test
    void tuplesPrintInRoundBrackets() {
        assertThat(PythonText.str(new PythonTuple(List.of()))).isEqualTo("()");
        assertThat(PythonText.str(new PythonTuple(List.of("a")))).isEqualTo("('a',)");
        assertThat(PythonText.str(new PythonTuple(List.of(1L, 2.0)))).isEqualTo("(1, 2.0)");
    }
}
