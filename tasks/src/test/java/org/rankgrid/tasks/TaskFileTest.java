package org.rankgrid.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request;

class TaskFileTest {

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
        assertThat(TaskFile.parse("t.yaml", GOOD))
                .isEqualTo(new PerplexityDefinition(
                        "my-task",
                        "What it measures.",
                        Optional.of("some/corpus.txt"),
                        Request.Cut.DOCUMENT,
                        128,
                        "1.0"));
    }

    @Test
    void theCorpusMayBeLeftToTheGrid() {
        String text = GOOD.replace("dataset_path: some/corpus.txt\n", "");

        assertThat(TaskFile.parse("t.yaml", text).corpus()).isEmpty();
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
                "some/corpus.txt | 3 | t.yaml:3:15 'dataset_path' is 3, where a text was expected"
            })
    void saysWhereAFileIsWrong(String good, String bad, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TaskFile.parse("t.yaml", GOOD.replace(good, bad)))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a list", "task: [", "\0", "just text"})
    void whatIsNoTaskFileIsASentence(String text) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TaskFile.parse("t.yaml", text))
                .withMessageStartingWith("t.yaml");
    }
}
