package org.rankgrid.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlFindings;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlProblem;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;

class OptionValuesTest {

    private static final List<OptionSpec> SPECS = List.of(
            OptionSpec.real("alpha", 0, 1, 0.35, "A number."),
            OptionSpec.whole("trials", 1, 100, 25, "A whole number."),
            OptionSpec.flag("within", true, "A flag."),
            OptionSpec.choice("group", List.of("joint", "per-type"), "A choice."),
            OptionSpec.text("note", "", "A text."));

    @TempDir
    Path folder;

    private final YamlFindings findings = new YamlFindings();

    private OptionValues values(List<OptionSpec> specs) {
        return new OptionValues(
                "allocator 'toy'",
                specs,
                Set.of("id"),
                new TypedValues(new OptionFiles(folder), findings, PluginSet.none(PluginKind.ALLOCATOR)));
    }

    private static YamlMapping mapping(String text) {
        return (YamlMapping) YamlDocument.parse("grid.yaml", text);
    }

    private List<String> problems() {
        return findings.problems().stream().map(YamlProblem::toString).toList();
    }

    @Test
    void givenValuesReplaceDefaults() {
        Options options = values(SPECS)
                .single(mapping("{id: toy, alpha: 1, trials: 0x10, within: false, group: per-type, note: 'x'}"))
                .orElseThrow();
        assertThat(options.real("alpha")).isEqualTo(1.0);
        assertThat(options.whole("trials")).isEqualTo(16);
        assertThat(options.flag("within")).isFalse();
        assertThat(options.text("group")).isEqualTo("per-type");
        assertThat(options.text("note")).isEqualTo("x");
        assertThat(values(SPECS).single(mapping("{id: toy}"))).contains(Options.defaults(SPECS));
        assertThat(problems()).isEmpty();
    }

    @Test
    void listsAreAxesTheFirstKeySlowest() {
        List<Options> options = values(SPECS).axes(mapping("{trials: [1, 2], alpha: [0.2, 0.3, 0.2], within: true}"));
        assertThat(options)
                .extracting(o -> o.whole("trials") + "/" + o.real("alpha"))
                .containsExactly("1/0.2", "1/0.3", "2/0.2", "2/0.3");
        assertThat(problems()).isEmpty();
        assertThat(findings.warnings())
                .extracting(YamlProblem::toString)
                .containsExactly("grid.yaml:1:36 alpha has this value twice; it is run once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "{alpha: '0.3'} => grid.yaml:1:9 alpha is the text '0.3', expected a number from 0 to 1",
                "{alpha: 1.5} => grid.yaml:1:9 alpha is 1.5, expected a number from 0 to 1",
                "{alpha: .nan} => grid.yaml:1:9 alpha is .nan, expected a number from 0 to 1",
                "{alpha: -.inf} => grid.yaml:1:9 alpha is -.inf, expected a number from 0 to 1",
                "{alpha: 1e999999999} => grid.yaml:1:9 alpha is 1e999999999, expected a number from 0 to 1",
                "{alpha: } => grid.yaml:1:8 alpha is nothing, expected a number from 0 to 1",
                "{alpha: {a: 1}} => grid.yaml:1:9 alpha is a mapping, expected a number from 0 to 1",
                "{alpha: []} => grid.yaml:1:9 alpha is an empty list, which leaves no cell; give a value or remove the key",
                "{alpha: [[0.1]]} => grid.yaml:1:10 alpha is a list, expected a number from 0 to 1",
                "{trials: 3.7} => grid.yaml:1:10 trials is 3.7, expected a whole number from 1 to 100",
                "{trials: 3.0} => grid.yaml:1:10 trials is 3.0, expected a whole number from 1 to 100",
                "{trials: '3'} => grid.yaml:1:10 trials is the text '3', expected a whole number from 1 to 100",
                "{trials: 0} => grid.yaml:1:10 trials is 0, expected a whole number from 1 to 100",
                "{trials: 99999999999999999999} => grid.yaml:1:10 trials is 99999999999999999999, expected a whole number from 1 to 100",
                "{within: yes} => grid.yaml:1:10 within is the text 'yes', expected true or false",
                "{within: 1} => grid.yaml:1:10 within is 1, expected true or false",
                "{group: per_type} => grid.yaml:1:9 group is the text 'per_type', expected one of joint, per-type (did you mean 'per-type'?)",
                "{group: !x joint} => grid.yaml:1:9 group is 'joint' tagged !x, expected one of joint, per-type",
                "{note: 3} => grid.yaml:1:8 note is 3, expected a text; put it in quotes if it is one",
                "{alhpa: 0.3} => grid.yaml:1:2 allocator 'toy' has no option 'alhpa' (did you mean 'alpha'?)",
                "{xyz: 0.3} => grid.yaml:1:2 allocator 'toy' has no option 'xyz'; known: alpha, trials, within, group, note, id",
            })
    void whatDoesNotFitIsOneSentence(String text, String sentence) {
        assertThat(values(SPECS).axes(mapping(text))).isEmpty();
        assertThat(problems()).containsExactly(sentence);
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThat(values(SPECS).axes(mapping("alpha: [2, x]\ntrials: 0\nwhithin: true\n")))
                .isEmpty();
        assertThat(problems()).hasSize(4);
    }

    @Test
    void aListIsNoAxisWhereThereAreNone() {
        assertThat(values(SPECS).single(mapping("{alpha: [0.1]}"))).isEmpty();
        assertThat(problems()).containsExactly("grid.yaml:1:9 alpha is a list, expected a number from 0 to 1");
    }

    @Test
    void aRequiredOptionMustBeGiven() {
        List<OptionSpec> specs = List.of(
                OptionSpec.file("file", "A file."),
                new OptionSpec("window", new OptionType.Whole(2, Long.MAX_VALUE), Optional.empty(), "A number."));
        assertThat(values(specs).single(mapping("{id: toy}"))).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "grid.yaml:1:1 allocator 'toy' needs 'file': the path of a file",
                        "grid.yaml:1:1 allocator 'toy' needs 'window': a whole number of at least 2");
    }

    @Test
    void theSameProblemThroughAnAliasStillCounts() {
        YamlMapping root = mapping("a: &a {alpha: 7}\nb: *a");
        for (String key : List.of("a", "b")) {
            assertThat(values(SPECS).single((YamlMapping) root.get(key).orElseThrow()))
                    .isEmpty();
        }
        assertThat(problems()).hasSize(1);
    }

    @Test
    void combinationsAreBounded() {
        List<OptionSpec> specs = IntStream.range(0, 8)
                .mapToObj(i -> OptionSpec.whole("k" + i, 0, 100, 0, "A number."))
                .toList();
        String lists = specs.stream()
                .map(spec -> spec.name() + ": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]")
                .collect(Collectors.joining(", ", "{", "}"));
        assertThat(values(specs).axes(mapping(lists))).isEmpty();
        assertThat(problems())
                .containsExactly("grid.yaml:1:1 the lists of allocator 'toy' give more than 10000 combinations");
    }

    @Test
    void filesBecomeBytesAndTheirHash() throws IOException {
        List<OptionSpec> specs = List.of(OptionSpec.file("file", "A file."));
        Files.writeString(folder.resolve("ranks.json"), "abc");
        Options options = values(specs).single(mapping("{file: ranks.json}")).orElseThrow();
        assertThat(options.file("file").name()).isEqualTo("ranks.json");
        assertThat(options.file("file").bytes()).asString().isEqualTo("abc");
        // FIPS 180-2, appendix B.1.
        assertThat(options.file("file").sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void filesThatCannotBeReadAreSaidWhy() throws IOException {
        List<OptionSpec> specs = List.of(OptionSpec.file("file", "A file."));
        Files.write(folder.resolve("large"), new byte[OptionFiles.LARGEST + 1]);
        for (String name : List.of("missing.json", ".", "large", "\"a\\0b\"", "3")) {
            assertThat(values(specs).single(mapping("{file: " + name + "}"))).isEmpty();
        }
        assertThat(problems())
                .containsExactly(
                        "grid.yaml:1:8 file 'missing.json' names no file that exists: "
                                + folder.resolve("missing.json"),
                        "grid.yaml:1:8 file '.' is no file: " + folder,
                        "grid.yaml:1:8 file 'large' is larger than 16 MB, the most a file given as an option may have: "
                                + folder.resolve("large"),
                        "grid.yaml:1:8 file 'a\0b' is no path on this system",
                        "grid.yaml:1:8 file is 3, expected the path of a file");
    }

    @Test
    void textsOfACommandLineAreReadAsYaml() {
        Options options = OptionValues.ofTexts(
                "--task toy", "task 'toy'", SPECS, Map.of("alpha", "0.5", "group", "per-type"), folder);
        assertThat(options.real("alpha")).isEqualTo(0.5);
        assertThatThrownBy(() -> OptionValues.ofTexts("--task", "task 'toy'", SPECS, Map.of("alpah", "0.5"), folder))
                .isInstanceOf(InputException.class)
                .hasMessage("--task task 'toy' has no option 'alpah' (did you mean 'alpha'?)");
        assertThatThrownBy(() -> OptionValues.ofTexts("--task", "task 'toy'", SPECS, Map.of("alpha", "x"), folder))
                .isInstanceOf(InputException.class)
                .hasMessage("--task alpha is the text 'x', expected a number from 0 to 1");
    }
}
