package org.rankgrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlFindings;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlProblem;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.data.yaml.YamlSequence;
import org.rankgrid.spi.InputException;

class SettingTest {

    private static final String GRID = """
            ratios: [0.1, 0.2]
            calibration: {corpus: tinystories, sequences: 64}
            allocators: [uniform, mgaa, {id: ranks, file: a}, {id: ranks, file: b}]
            empty:
            """;

    private final YamlFindings findings = new YamlFindings();

    private String set(String text) {
        return flow(Setting.of(text).applyTo(YamlDocument.parse("grid.yaml", GRID), findings));
    }

    private static String flow(YamlNode node) {
        return switch (node) {
            case YamlScalar scalar -> scalar.text();
            case YamlSequence list ->
                list.items().stream().map(SettingTest::flow).toList().toString();
            case YamlMapping mapping ->
                mapping.entries().values().stream()
                        .map(entry -> entry.key().text() + "=" + flow(entry.value()))
                        .toList()
                        .toString()
                        .replaceAll("^\\[(.*)]$", "{$1}");
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ratios=[0.3]|ratios=[0.3]",
                "ratios.1=0.3|ratios=[0.1, 0.3]",
                "calibration.sequences=8|calibration={corpus=tinystories, sequences=8}",
                "calibration.length=256|calibration={corpus=tinystories, sequences=64, length=256}",
                "allocators.1.alpha=0.5|allocators=[uniform, {id=mgaa, alpha=0.5}, {id=ranks, file=a}, {id=ranks, file=b}]",
                "allocators.mgaa.alpha=0.5|allocators=[uniform, {id=mgaa, alpha=0.5}, {id=ranks, file=a}, {id=ranks, file=b}]",
                "allocators.3.file=c=d|allocators=[uniform, mgaa, {id=ranks, file=a}, {id=ranks, file=c=d}]",
                "allocators.uniform=equal-energy|allocators=[equal-energy, mgaa, {id=ranks, file=a}, {id=ranks, file=b}]",
                "layers.exclude=['*.q']|layers={exclude=[*.q]}",
                "empty.a.b=1|empty={a={b=1}}",
                "name=|name=",
            })
    void aPathLeadsToItsPlace(String setting, String expected) {
        assertThat(set(setting)).contains(expected);
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void onlyTheValueTakesThePositionOfTheCommandLine() {
        YamlMapping root = (YamlMapping)
                Setting.of("allocators.mgaa.alpha=0.5").applyTo(YamlDocument.parse("grid.yaml", GRID), findings);
        YamlSequence allocators = (YamlSequence) root.get("allocators").orElseThrow();
        YamlMapping mgaa = (YamlMapping) allocators.items().get(1);
        assertThat(mgaa.position()).hasToString("grid.yaml:3:23");
        assertThat(mgaa.get("alpha").orElseThrow().position()).hasToString("--set allocators.mgaa.alpha");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ratios.2=0.3|--set ratios.2 leads nowhere: 'ratios' has 2 entries, 0 to 1",
                "ratios.x=0.3|--set ratios.x leads nowhere: 'ratios' has no entry 'x'",
                "ratios.0.x=0.3|--set ratios.0.x leads nowhere: 'ratios.0' is 0.1, which has no parts",
                "allocators.mga.alpha=1|--set allocators.mga.alpha leads nowhere: 'allocators' has no entry 'mga' (did you mean 'mgaa'?)",
                "allocators.ranks.file=c|--set allocators.ranks.file is ambiguous: 'allocators' has several entries 'ranks'; give the number of one, from 0",
                "calibration.corpus.x=1|--set calibration.corpus.x leads nowhere: 'calibration.corpus' is the text 'tinystories', which has no parts",
            })
    void aPathThatLeadsNowhereIsAProblem(String setting, String sentence) {
        set(setting);
        assertThat(findings.problems()).extracting(YamlProblem::toString).containsExactly(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratios", "=1", "a..b=1", ".a=1", "a.=1", ""})
    void aTextOfAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> Setting.of(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--set " + text + " is not of the form path=value");
    }

    @Test
    void laterSettingsSeeEarlierOnes() {
        YamlNode tree = YamlDocument.parse("grid.yaml", GRID);
        for (String text : List.of("allocators=[mgaa]", "allocators.0.alpha=[0.1]", "allocators.0.alpha.0=0.2")) {
            tree = Setting.of(text).applyTo(tree, findings);
        }
        assertThat(flow(tree)).contains("allocators=[{id=mgaa, alpha=[0.2]}]");
    }

    @Test
    void theValueIsYamlAndItsErrorsSayWhereItStands() {
        assertThatThrownBy(() -> Setting.of("ratios=[0.1"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--set ratios is not YAML: ");
    }
}
