package org.rankgrid.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Request.Continuation;
import org.rankgrid.tasks.CatalogueTasks;

class ChoiceFileTest {

    private static final String GOOD = """
            task: mine
            tag: [a, b]
            task_alias: My task
            dataset_path: json
            dataset_name: null
            dataset_kwargs: {data_files: {test: rows.jsonl}, trust_remote_code: true}
            test_split: test
            output_type: multiple_choice
            doc_to_text: "Q: {{q}}"
            doc_to_choice: "{{[a, b]}}"
            doc_to_target: gold
            should_decontaminate: true
            doc_to_decontamination_query: q
            repeats: 1
            metric_list:
              - metric: acc
                aggregation: mean
                higher_is_better: true
            metadata: {version: 1.0, note: anything}
            """;

    private static final String ROW = """
            {"q": "why?", "a": "so", "b": "thus", "gold": 1}
            """;

    @TempDir
    private Path folder;

    @Test
    void theKeysOfTheHarnessAreReadAndRowsStandBesideTheFile() throws IOException {
        Questions questions = ask(GOOD, ROW);

        assertThat(questions.requests()).singleElement().isInstanceOfSatisfying(Request.Choices.class, request -> {
            assertThat(request.task()).isEqualTo("mine");
            assertThat(request.origin()).endsWith("rows.jsonl line 1");
            assertThat(request.bos()).isEqualTo(Request.Bos.TOKENIZER);
            assertThat(request.continuations())
                    .containsExactly(new Continuation("Q: why?", " so"), new Continuation("Q: why?", " thus"));
        });
    }

    @Test
    void oneDataFileIsTheSplitTrain() throws IOException {
        String text = GOOD.replace("{test: rows.jsonl}", "rows.jsonl").replace("test_split: test", "test_split: train");

        assertThat(ask(text, ROW).requests()).hasSize(1);
    }

    @Test
    void theBosOptionStandsInEveryRequest() throws IOException {
        write(GOOD, ROW);

        Questions questions = Fixture.ask(Fixture.own(folder.resolve("my.yaml")), "golden", Map.of("bos", "none"));

        assertThat(Fixture.request(questions, 0).bos()).isEqualTo(Request.Bos.NONE);
    }

    @Test
    void whatAnIncludeSaysIsOverridden() throws IOException {
        Files.createDirectory(folder.resolve("base"));
        Files.writeString(folder.resolve("base/one.yaml"), GOOD.replace("rows.jsonl", "missing.jsonl"));
        String text = """
                include: [base/one.yaml]
                task: other
                dataset_kwargs: {data_files: {test: rows.jsonl}}
                target_delimiter: "_"
                """;

        assertThat(Fixture.request(ask(text, ROW), 0).continuations())
                .containsExactly(new Continuation("Q: why?", "_so"), new Continuation("Q: why?", "_thus"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tag: [a, b] | tga: x | my.yaml:2:1 'tga' is not a key of a task file (did you mean 'tag'?)",
                "task: mine | tsk: mine | my.yaml:1:1 'tsk' is not a key of a task file",
                "metric: acc | metric: f1 | my.yaml:16:13 'metric' is the text 'f1', where acc or acc_norm or acc_bytes",
                "aggregation: mean | aggregation: median | 'aggregation' is the text 'median', where mean was expected",
                "multiple_choice | generate_until | 'output_type' is the text 'generate_until', where multiple_choice or",
                "repeats: 1 | generation_kwargs: {} | 'generation_kwargs' is not a key of a task file",
                "multiple_choice | loglikelihood_rolling | 'output_type' is the text 'loglikelihood_rolling', where",
                "multiple_choice | loglikelihood | 'doc_to_choice' goes with output_type multiple_choice",
                "repeats: 1 | repeats: 4 | 'repeats' is 4, where a whole number from 1 to 1 was expected",
                "test_split: test | training_split: test | has neither 'test_split' nor 'validation_split'",
                "doc_to_target: gold | doc_to_target: [0, 1] | 'doc_to_target' is a list, where a single value",
                "doc_to_target: gold | doc_to_target: !function utils.gold | '!function utils.gold' is no function",
                "doc_to_target: gold | doc_to_target: !import x | the tag of 'x' tagged !import is not known",
                "doc_to_target: gold | doc_to_target: 1.5 | 'doc_to_target' is 1.5, where a template, the name of",
                "\"{{[a, b]}}\" | [\"{{a}}\", b] | write \"{{[field, ...]}}\" instead",
                "\"{{[a, b]}}\" | [1, 2] | a choice is 1, where a text was expected, put it in quotes",
                "\"Q: {{q}}\" | \"Q: {{q\" | my.yaml:9:",
                "tag: [a, b] | fewshot_config: {sampler: random} | 'sampler' is the text 'random', where default or first_n",
                "tag: [a, b] | process_docs: f | 'process_docs' is the text 'f', where !function NAME was expected",
                "tag: [a, b] | include: none.yaml | 'include' names 'none.yaml', but there is no",
                "tag: [a, b] | include: my.yaml | 'my.yaml' includes itself",
                "note: anything | verison: 2 | 'verison' is not a key of metadata (did you mean 'version'?)"
            })
    void saysWhereAFileIsWrong(String good, String bad, String message) throws IOException {
        assertThat(GOOD).contains(good);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ask(GOOD.replace(good, bad), ROW))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"q\": | \"p\": | rows.jsonl line 2 does not fit task mine | 'q'",
                "\"a\": \"so\", | `` | rows.jsonl line 2 | 'a'",
                "\"gold\": 1 | \"gold\": 2 | rows.jsonl line 2 | the right choice is number 2, but there are 2 choices",
                "\"gold\": 1 | \"gold\": -1 | rows.jsonl line 2 | the right choice is number -1",
                "\"gold\": 1 | \"gold\": \"hence\" | rows.jsonl line 2 | is 'hence', which is none of the choices 'so', 'thus'",
                "\"gold\": 1 | \"gold\": null | rows.jsonl line 2 | doc_to_target: the value is nothing",
                "\"gold\": 1 | \"gold\": 1.0 | rows.jsonl line 2 | doc_to_target: the value is 1.0",
                "\"gold\": 1 | \"gld\": 1 | rows.jsonl line 2 | no field 'gold' (did you mean 'gld'?)",
                "\"so\" | \"\" | rows.jsonl line 2 | doc_to_choice: choice 0 (counted from 0) is empty",
                "\"so\" | 7 | rows.jsonl line 2 | doc_to_choice: the value holds 7, where only texts were expected"
            })
    void saysWhichRowIsWrong(String good, String bad, String where, String what) throws IOException {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ask(GOOD, ROW + ROW.replace(good, bad)))
                .withMessageContaining(where)
                .withMessageContaining(what)
                .withMessageContaining("my.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Q: {{q}}\" | qq | doc_to_text: the row has no field 'qq' (did you mean 'q'?): it has q, a, b, gold",
                "\"Q: {{q}}\" | \"{{qq}}\" | doc_to_text: ",
                "\"{{[a, b]}}\" | \"{{[a]}}\" | there is one choice, where at least two were expected",
                "\"{{[a, b]}}\" | \"{{[]}}\" | there are no choices",
                "\"{{[a, b]}}\" | \"{{a}} {{b}}\" | doc_to_choice: the template gives 'so thus', which is no list",
                "\"{{[a, b]}}\" | gold | doc_to_choice: the value is 1, where a list of texts was expected",
                "doc_to_target: gold | doc_to_target: \"{{[0, 1]}}\" | tasks with several right answers are not known",
                "doc_to_target: gold | doc_to_target: \"01\" | '01' are no whole number of Python's"
            })
    void saysWhatOfTheFileNoRowFits(String good, String bad, String message) throws IOException {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ask(GOOD.replace(good, bad), ROW))
                .withMessageContaining("rows.jsonl line 1")
                .withMessageContaining(message);
    }

    @Test
    void examplesDrawnAtRandomAreRefused() throws IOException {
        write(GOOD, ROW);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(
                        () -> Fixture.ask(Fixture.own(folder.resolve("my.yaml")), "golden", Map.of("num_fewshot", 3L)))
                .withMessageContaining("num_fewshot is 3")
                .withMessageContaining("fewshot_config: {sampler: first_n}");
    }

    @Test
    void moreExamplesThanThereAreIsASentence() throws IOException {
        write(GOOD + "fewshot_config: {sampler: first_n}\n", ROW + ROW);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(
                        () -> Fixture.ask(Fixture.own(folder.resolve("my.yaml")), "golden", Map.of("num_fewshot", 3L)))
                .withMessageContaining("num_fewshot is 3, but there are only 0 rows for examples in split 'test'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a list", "task: [", "\0", "just text", "group: x", "group: x\ntask: [nowhere]"})
    void whatIsNoTaskFileIsASentence(String text) throws IOException {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ask(text, ROW))
                .withMessageContaining("my.yaml");
    }

    private Questions ask(String task, String rows) throws IOException {
        write(task, rows);
        return Fixture.ask(new CatalogueTasks().read(folder.resolve("my.yaml")).orElseThrow(), "golden", Map.of());
    }

    private void write(String task, String rows) throws IOException {
        Files.writeString(folder.resolve("my.yaml"), task);
        Files.writeString(folder.resolve("rows.jsonl"), rows);
    }
}
