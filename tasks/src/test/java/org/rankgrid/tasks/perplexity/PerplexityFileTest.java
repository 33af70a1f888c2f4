package org.rankgrid.tasks.perplexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.DataSource;

class PerplexityFileTest {

    private static final String GOOD = """
            task: my-task
            output_type: perplexity
            dataset_path: some/corpus.txt
            protocol: documents
            window: 128
            metadata:
              version: 1.0
            description: What it measures.
            """;

    @Test
    void readsEveryKey() {
        assertThat(PerplexityFile.definition("t.yaml", GOOD))
                .isEqualTo(new PerplexityDefinition(
                        "my-task",
                        "What it measures.",
                        Optional.of(new TextSource.Corpus("some/corpus.txt")),
                        PerplexityDefinition.Protocol.DOCUMENTS,
                        128,
                        OptionalInt.empty(),
                        "1.0",
                        true));
    }

    @Test
    void readsEveryKeyOfADataSet() {
        String text = """
                task: c4-mine
                output_type: perplexity
                dataset_path: allenai/c4
                dataset_name: en
                validation_split: validation
                field: text
                first: 1100
                separator: " "
                protocol: concat
                window: 2048
                windows: 256
                metadata: {version: 2, unverified: true}
                description: What it measures.
                """;

        assertThat(PerplexityFile.definition("t.yaml", text))
                .isEqualTo(new PerplexityDefinition(
                        "c4-mine",
                        "What it measures.",
                        Optional.of(new TextSource.Rows(
                                new DataSource("allenai/c4", Optional.of("en"), "validation", new LinkedHashMap<>()),
                                "text",
                                Optional.of(1100),
                                " ")),
                        PerplexityDefinition.Protocol.CONCAT,
                        2048,
                        OptionalInt.of(256),
                        "2",
                        false));
    }

    @Test
    void pagesHaveTheWindowOfTheModelUnlessTheFileSaysOtherwise() {
        String pages = GOOD.replace("protocol: documents", "protocol: wikitext-pages");

        assertThat(PerplexityFile.definition("t.yaml", pages).window()).isEqualTo(128);
        assertThat(PerplexityFile.definition("t.yaml", pages.replace("window: 128\n", ""))
                        .window())
                .isZero();
    }

    @Test
    void theCorpusMayBeLeftToTheGrid() {
        String text = GOOD.replace("dataset_path: some/corpus.txt\n", "");

        assertThat(PerplexityFile.definition("t.yaml", text).source()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window: 128 | windw: 128 | t.yaml:5:1 'windw' is not a key of a task file (did you mean 'window'?)",
                "version: | vrsion: | t.yaml:7:3 'vrsion' is not a key of metadata (did you mean 'version'?)",
                "window: 128 | window: 1 | t.yaml:5:9 'window' is 1, where a whole number from 2 to 1048576",
                "window: 128 | window: 12.5 | t.yaml:5:9 'window' is 12.5, where a whole number",
                "window: 128 | window: [128] | t.yaml:5:9 'window' is a list, where a single value was expected",
                "protocol: documents | protocol: document | (did you mean 'documents'?)",
                "perplexity | generate_until | t.yaml:2:14 'output_type' is the text 'generate_until'",
                "task: my-task | # task | the key 'task' is missing",
                "some/corpus.txt | 3 | t.yaml:3:15 'dataset_path' is 3, where a text was expected",
                "description: | field: x # | the key 'description' is missing",
                "documents | wikitext | (did you mean 'wikitext-pages'?)"
            })
    void saysWhereAFileIsWrong(String good, String bad, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PerplexityFile.parse("t.yaml", GOOD.replace(good, bad)))
                .withMessageContaining(message);
    }

    @Test
    void unverifiedIsAFlag() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PerplexityFile.parse("t.yaml", GOOD.replace("1.0\n", "1.0\n  unverified: 7\n")))
                .withMessageContaining("t.yaml:8:15 'unverified' is 7, where true or false was expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a list", "task: [", "\0", "just text"})
    void whatIsNoTaskFileIsASentence(String text) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PerplexityFile.parse("t.yaml", text))
                .withMessageStartingWith("t.yaml");
    }
}
