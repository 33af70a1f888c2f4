package org.rankgrid.data.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.InputException;

class YamlDocumentTest {

    @TempDir
    Path folder;

    private static YamlMapping mapping(String text) {
        return (YamlMapping) YamlDocument.parse("grid.yaml", text);
    }

    private static YamlScalar scalar(String text) {
        return (YamlScalar) YamlDocument.parse("grid.yaml", text);
    }

    @Test
    void everyKeyAndValueKnowsWhereItStands() {
        YamlMapping root = mapping("""
                # a comment
                name: example
                allocators:
                  - uniform
                  - {id: mgaa, alpha: [0.2, 0.35]}
                """);
        assertThat(root.entry("allocators").orElseThrow().key().position()).hasToString("grid.yaml:3:1");
        YamlSequence allocators = (YamlSequence) root.get("allocators").orElseThrow();
        assertThat(allocators.position()).hasToString("grid.yaml:4:3");
        YamlMapping mgaa = (YamlMapping) allocators.items().get(1);
        assertThat(mgaa.position()).hasToString("grid.yaml:5:5");
        YamlSequence alpha = (YamlSequence) mgaa.get("alpha").orElseThrow();
        assertThat(alpha.items().get(1).position()).hasToString("grid.yaml:5:29");
        assertThat(root.entries().keySet()).containsExactly("name", "allocators");
        assertThat(root.get("nothing")).isEmpty();
    }

    @Test
    void columnsCountCodePoints() {
        YamlSequence list = (YamlSequence) YamlDocument.parse("g", "['\ud83d\ude00\ud83d\ude00', b]");
        assertThat(list.items().get(1).position()).isEqualTo(new YamlPosition("g", 1, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "abc, TEXT",
        "yes, TEXT",
        "no, TEXT",
        "on, TEXT",
        "1_000, TEXT",
        "1:30, TEXT",
        "0b1, TEXT",
        "2026-11-23, TEXT",
        "3, WHOLE",
        "-3, WHOLE",
        "+3, WHOLE",
        "017, WHOLE",
        "0o17, WHOLE",
        "0x1F, WHOLE",
        "3.7, REAL",
        ".5, REAL",
        "1e-5, REAL",
        ".inf, REAL",
        "-.Inf, REAL",
        ".nan, REAL",
        "true, FLAG",
        "FALSE, FLAG",
        "tRue, TEXT",
        "null, NULL",
        "~, NULL"
    })
    void plainScalarsFollowTheCoreSchema(String text, ScalarType type) {
        assertThat(scalar(text).type()).isEqualTo(type);
        assertThat(scalar(text).text()).isEqualTo(text);
        assertThat(scalar("'" + text + "'").type()).isEqualTo(ScalarType.TEXT);
        assertThat(scalar("\"" + text + "\"").type()).isEqualTo(ScalarType.TEXT);
    }

    @Test
    void numbersKeepTheirExactValue() {
        assertThat(scalar("0.10").decimal()).contains(new BigDecimal("0.10"));
        assertThat(scalar("1e-3").decimal()).contains(new BigDecimal("0.001"));
        assertThat(scalar("0x10").decimal()).contains(new BigDecimal(16));
        assertThat(scalar("017").whole()).hasValue(17);
        assertThat(scalar("0o17").whole()).hasValue(15);
        assertThat(scalar("0x1f").whole()).hasValue(31);
        assertThat(scalar("9223372036854775807").whole()).hasValue(Long.MAX_VALUE);
        assertThat(scalar("9223372036854775808").whole()).isEmpty();
        assertThat(scalar("3.0").whole()).isEmpty();
        assertThat(scalar("'3'").whole()).isEmpty();
        assertThat(scalar("'3'").decimal()).isEmpty();
        assertThat(scalar(".inf").decimal()).isEmpty();
        assertThat(scalar(".nan").decimal()).isEmpty();
        assertThat(scalar("True").flag()).contains(true);
        assertThat(scalar("'true'").flag()).isEmpty();
    }

    @Test
    void absurdNumbersHaveNoValueAndCostNothing() {
        assertThat(scalar("1e999999999").decimal()).isEmpty();
        assertThat(scalar("1e-999999999").decimal()).isEmpty();
        assertThat(scalar("1e99999999999999999999").decimal()).isEmpty();
        YamlScalar digits = scalar("1".repeat(300_000));
        assertThat(digits.type()).isEqualTo(ScalarType.WHOLE);
        assertThat(digits.whole()).isEmpty();
        assertThat(digits.decimal()).isEmpty();
    }

    @Test
    void nothingIsANullScalar() {
        assertThat(scalar("").type()).isEqualTo(ScalarType.NULL);
        assertThat(scalar("# only a comment\n").type()).isEqualTo(ScalarType.NULL);
        YamlNode value = mapping("a:\nb: 1").get("a").orElseThrow();
        assertThat(((YamlScalar) value).type()).isEqualTo(ScalarType.NULL);
        assertThat(value.describe()).isEqualTo("nothing");
    }

    @Test
    void nodesDescribeThemselves() {
        assertThat(scalar("abc").describe()).isEqualTo("the text 'abc'");
        assertThat(scalar("'3'").describe()).isEqualTo("the text '3'");
        assertThat(scalar("3.70").describe()).isEqualTo("3.70");
        assertThat(scalar("true").describe()).isEqualTo("true");
        assertThat(mapping("{a: 1}").describe()).isEqualTo("a mapping");
        assertThat(YamlDocument.parse("g", "[1]").describe()).isEqualTo("a list");
        assertThat(YamlDocument.parse("g", "[]").describe()).isEqualTo("an empty list");
        assertThat(scalar("x".repeat(500)).describe()).hasSizeLessThan(60);
        assertThat(scalar("\"two\\nlines\"").describe()).isEqualTo("the text 'two lines'");
    }

    @Test
    void aliasesPointToTheLineOfTheirAnchor() {
        YamlMapping root = mapping("a: &x\n  b: 1\nc: *x\n");
        assertThat(root.get("c").orElseThrow()).isSameAs(root.get("a").orElseThrow());
        assertThat(root.get("c").orElseThrow().position()).hasToString("grid.yaml:1:4");
    }

    @Test
    void mergeKeysYieldToTheMappingsOwnKeysAndTheFirstMergedWins() {
        YamlMapping root = mapping("""
                one: &one {a: 1, b: 1}
                two: &two {b: 2, c: 2}
                all:
                  <<: [*one, *two]
                  a: 0
                """);
        YamlMapping all = (YamlMapping) root.get("all").orElseThrow();
        assertThat(all.entries().keySet()).containsExactly("a", "b", "c");
        assertThat(((YamlScalar) all.get("a").orElseThrow()).text()).isEqualTo("0");
        assertThat(((YamlScalar) all.get("b").orElseThrow()).text()).isEqualTo("1");
        assertThat(((YamlScalar) all.get("c").orElseThrow()).text()).isEqualTo("2");
        assertThat(mapping("'<<': 3").entries().keySet()).containsExactly("<<");
    }

    @Test
    void tagsOfOtherSchemasAreLeftToTheReader() {
        YamlScalar function = scalar("!function process");
        assertThat(function.type()).isEqualTo(ScalarType.TAGGED);
        assertThat(function.tag()).isEqualTo(Optional.of("!function"));
        assertThat(function.text()).isEqualTo("process");
        assertThat(scalar("!!binary abc").type()).isEqualTo(ScalarType.TAGGED);
        assertThat(scalar("!!str 3").type()).isEqualTo(ScalarType.TEXT);
        assertThat(scalar("! 3").type()).isEqualTo(ScalarType.TEXT);
        assertThat(scalar("!!float 3").type()).isEqualTo(ScalarType.REAL);
        assertThat(scalar("!!int '3'").type()).isEqualTo(ScalarType.WHOLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "'a: 1\nb: 2\na: 3' => grid.yaml:3:1 key 'a' stands twice, first at grid.yaml:1:1; remove one",
                "'a: 1\n---\nb: 2' => grid.yaml:2:1 begins a second document; one file holds one",
                "'a:\n\t- b' => grid.yaml:2:1 is not YAML: a tab stands where only spaces may; indent with spaces",
                "'a: *b' => grid.yaml:1:4 alias '*b' has no anchor '&b' that ends before it",
                "'a: &a [*a]' => grid.yaml:1:8 alias '*a' has no anchor '&a' that ends before it",
                "'[a: b]: c' => grid.yaml:1:1 is a key that is a list or a mapping; keys are texts",
                "'<<: 3' => grid.yaml:1:5 '<<' merges mappings, but this is 3",
                "'<<: [[]]' => grid.yaml:1:6 '<<' merges mappings, but this is an empty list",
                "'a: !!int x' => grid.yaml:1:4 'x' is not what its tag '!!int' says",
                "'a: !set {b: 1}' => grid.yaml:1:4 has the tag '!set', which means nothing here",
            })
    void brokenTextIsOneSentenceWithItsPosition(String text, String sentence) {
        assertThatThrownBy(() -> YamlDocument.parse("grid.yaml", text))
                .isInstanceOf(InputException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "'a: [1, 2' => grid.yaml:1:9 is not YAML:",
                "'a: 1\n b: 2' => grid.yaml:2:3 is not YAML:",
                "'a: \"x' => grid.yaml:1:6 is not YAML:",
                "'a: @b' => grid.yaml:1:4 is not YAML:",
                "'a: 1\nb: \u0007' => grid.yaml:2:4 character U+0007 is not allowed in YAML",
                "'a: \"\\x' => grid.yaml:1:1 is followed by a damaged escape",
                "'%YAML 9.9\n---\na' => grid.yaml is not YAML:",
            })
    void syntaxErrorsSayWhere(String text, String start) {
        assertThatThrownBy(() -> YamlDocument.parse("grid.yaml", text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(start)
                .hasMessageNotContaining("\n");
    }

    @Test
    void duplicateKeysCanBeGathered() {
        List<YamlProblem> problems = new ArrayList<>();
        YamlMapping root = (YamlMapping) YamlDocument.parse("g", "{a: 1, a: 2, b: {c: 1, c: 2}}", problems::add);
        assertThat(problems).hasSize(2);
        assertThat(((YamlScalar) root.get("a").orElseThrow()).text()).isEqualTo("1");
    }

    @Test
    void aliasBombsAreDefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 40; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, "*a" + (i - 1)))));
        }
        assertThatThrownBy(() -> YamlDocument.parse("grid.yaml", bomb.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageMatching(
                        "grid.yaml:\\d:\\d+ is where the file, its aliases resolved, grows past 100000 values");
    }

    @Test
    void depthIsBoundedAlsoThroughAliases() {
        YamlDocument.parse("g", "[".repeat(100) + "]".repeat(100));
        for (String deep : List.of("[".repeat(1_000_000), "- ".repeat(2_000_000), "{a: ".repeat(500_000))) {
            assertThatThrownBy(() -> YamlDocument.parse("g", deep))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("nested deeper than 100 levels");
        }
        String half = "[".repeat(60) + "]".repeat(60);
        assertThatThrownBy(() -> YamlDocument.parse("g", "a: &a " + half + "\nb: " + half.replace("[]", "[*a]")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("alias '*a' makes the file deeper than 100 levels");
    }

    @Test
    void inlineTextHasANameInsteadOfLines() {
        assertThat(YamlDocument.parseInline("--set ratios", "[0.2]").position()).hasToString("--set ratios");
        assertThatThrownBy(() -> YamlDocument.parseInline("--set ratios", "[0.2"))
                .hasMessageStartingWith("--set ratios is not YAML: ");
        assertThatThrownBy(() -> YamlDocument.parseInline("--set ratios", "\u0001"))
                .hasMessage("--set ratios character U+0001 is not allowed in YAML");
    }

    @Test
    void filesAreReadAsUtf8WithOrWithoutAByteOrderMark() throws IOException {
        Path file = Files.writeString(folder.resolve("grid.yaml"), "\ufeffname: \u00e9");
        YamlMapping root = (YamlMapping) YamlDocument.read(file);
        assertThat(((YamlScalar) root.get("name").orElseThrow()).text()).isEqualTo("\u00e9");
    }

    @Test
    void unreadableFilesAreOneSentence() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> YamlDocument.read(missing))
                .isInstanceOf(InputException.class)
                .hasMessage(missing + " does not exist");
        assertThatThrownBy(() -> YamlDocument.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(folder + " is a folder, where a YAML file was expected");
        Path latin =
                Files.write(folder.resolve("latin.yaml"), "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> YamlDocument.read(latin))
                .isInstanceOf(InputException.class)
                .hasMessage(latin + ":2:4 byte 0xe9 is not UTF-8; save the file as UTF-8 text");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[YamlDocument.LARGEST + 1]);
        assertThatThrownBy(() -> YamlDocument.read(large))
                .isInstanceOf(InputException.class)
                .hasMessage(large + " is larger than 4 MB, the most a YAML file may have");
    }
}
