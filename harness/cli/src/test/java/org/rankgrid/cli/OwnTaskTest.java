package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A task file of a person's own with rows beside it, from the command line and in a grid. */
class OwnTaskTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String TASK = """
            task: capitals
            dataset_path: json
            dataset_kwargs: {data_files: capitals.jsonl}
            test_split: train
            output_type: multiple_choice
            doc_to_text: "Question: What is the capital of {{country}}?\\nAnswer:"
            doc_to_choice: "{{choices}}"
            doc_to_target: "{{answer}}"
            metric_list:
              - metric: acc
              - metric: acc_norm
            metadata: {version: 1.0}
            """;

    private static final String ROWS = """
            {"country": "France", "choices": ["Paris", "Rome"], "answer": 0}
            {"country": "Italy", "choices": ["Paris", "Rome", "Oslo"], "answer": 1}
            {"country": "Norway", "choices": ["Rome", "Oslo"], "answer": 1}
            """;

    private static final String LAST = "{\"country\": \"Norway\", \"choices\": [\"Rome\", \"Oslo\"], \"answer\": 1}";

    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void files() {
        cli = new Cli(folder, cache);
        cli.file("capitals.yaml", TASK);
        cli.file("capitals.jsonl", ROWS);
    }

    private String task() {
        return folder.resolve("capitals.yaml").toString();
    }

    private Cli.Ended eval(String... more) {
        List<String> words = new ArrayList<>(List.of("eval", "stories260k", "--backend", "scalar"));
        words.addAll(List.of(more));
        return cli.run(words.toArray(String[]::new));
    }

    private static List<String> texts(JsonNode scores, String field) {
        return scores.valueStream().map(score -> score.path(field).asString()).toList();
    }

    @Test
    void isScoredLikeAnyOther() throws IOException {
        Path items = folder.resolve("items.jsonl");
        JsonNode tree = JSON.readTree(
                eval("--task", task() + ",tinystories", "--limit", "2", "--json", "--items", items.toString())
                        .succeeds()
                        .out());

        assertThat(texts(tree.path("scores"), "task"))
                .containsExactly("capitals", "capitals", "tinystories", "tinystories");
        assertThat(texts(tree.path("scores"), "metric")).containsExactly("acc", "acc_norm", "ppl", "nll");
        assertThat(tree.at("/scores/0/n").asInt()).isEqualTo(2);
        assertThat(tree.at("/scores/0/protocol/limited").asBoolean()).isTrue();
        JsonNode item = JSON.readTree(Files.readAllLines(items).get(1));
        assertThat(item.path("task").asString()).isEqualTo("capitals");
        assertThat(item.path("index").asInt()).isEqualTo(1);
        assertThat(item.path("gold").asInt()).isEqualTo(1);
        assertThat(item.path("loglikelihood").size()).isEqualTo(3);
        assertThat(item.path("acc").isIntegralNumber()).isTrue();
    }

    @Test
    void takesTheDefaultsOfAProfileUnlessItsOptionsAreGiven() {
        JsonNode tree =
                JSON.readTree(eval("--task", task() + "," + task() + ":bos=tokenizer", "--profile", "bolaco", "--json")
                        .succeeds()
                        .out());

        assertThat(tree.path("profile").asString()).isEqualTo("bolaco");
        assertThat(tree.at("/scores/0/protocol/bos").asString()).isEqualTo("none");
        assertThat(tree.at("/scores/2/protocol/bos").asString()).isEqualTo("tokenizer");
        assertThat(tree.at("/scores/2/task").asString()).endsWith("capitals.yaml:bos=tokenizer");
    }

    @Test
    void standsInAGridByItsPathAndIsScoredAgainWhenItsRowsChange() {
        Path grid = cli.gridWith("{id: tinystories, limit: 3}", "./capitals.yaml, {id: capitals.yaml, limit: 1}");
        cli.runGrid(grid).isRefusedWith("task 'capitals.yaml' stands twice with different limits; keep one");

        grid = cli.gridWith("{id: tinystories, limit: 3}", "{id: ./capitals.yaml, limit: 2}");
        assertThat(cli.runGrid(grid).succeeds().out()).contains("capitals");
        assertThat(cli.runGrid(grid).succeeds().err()).contains("0 cells computed");
        cli.file("capitals.jsonl", ROWS.replace("Paris", "Lyon"));
        assertThat(cli.runGrid(grid).succeeds().err()).contains("3 cells computed");
    }

    @Test
    void whoseIdTheCatalogueHasIsCalledByItsPath() {
        cli.file("changed.yaml", TASK.replace("task: capitals", "task: arc_easy"));
        Path grid = cli.gridWith("{id: tinystories, limit: 3}", "changed.yaml, {id: arc_easy, limit: 2}");

        JsonNode cells = JSON.readTree(cli.runGrid(grid, "--set", "allocators=[dense]", "--json")
                .succeeds()
                .out());

        assertThat(texts(cells.get(0).path("scores"), "task"))
                .containsExactly("changed.yaml", "changed.yaml", "arc_easy", "arc_easy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"choices": ["a", "b"], "answer": 1}                       | country
            {"country": "Norway", "choices": ["a", "b"], "answer": 2}  | the right choice is number 2, but there are 2 choices
            {"country": "Norway", "choices": ["a", ""], "answer": 0}   | is empty
            {"country": "Norway", "choices": [], "answer": 0}          | there are no choices
            {"country": "Norway", "choices": ["a"], "answer": 0}       | there is one choice
            {"country": "Norway", "choices": "a", "answer": 0}         | no list
            {"country": "Norway",                                      | JSON
            [1, 2]                                                     | object
            """)
    void aRowThatDoesNotFitIsNamedWithFileAndLine(String row, String sentence) {
        cli.file("capitals.jsonl", ROWS.replace(LAST, row));

        eval("--task", task()).isRefusedWith("capitals.jsonl line 3", sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {{country}}           ~ {{contry}}                 ~ 'contry', which the row does not have (did you mean 'country'?)
            doc_to_text           ~ doc_to_txt                 ~ (did you mean 'doc_to_text'?)
            {{country}}           ~ {{country | tojson}}     ~ tojson
            multiple_choice       ~ generate_until             ~ generate_until
            capitals.jsonl        ~ capital.jsonl              ~ capital.jsonl
            test_split: train     ~ test_split: validation     ~ train
            metric: acc_norm      ~ metric: exact_match        ~ exact_match
            """)
    void aTaskFileThatDoesNotFitSaysWhy(String part, String replacement, String sentence) {
        cli.file("capitals.yaml", TASK.replace(part, replacement));

        eval("--task", task()).isRefusedWith(sentence);
    }

    @Test
    void rowsThatAreCutInTheMiddleAreRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(ROWS.repeat(500).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        cli.file("capitals.yaml", TASK.replace("capitals.jsonl", "cut.jsonl.gz"));

        eval("--task", task()).isRefusedWith("cut.jsonl.gz");
    }

    @Test
    void aContextLongerThanTheModelIsCutAndCountedButAChoiceIsNot() {
        cli.file("capitals.jsonl", ROWS.replace("Norway", "the north ".repeat(400)));
        Cli.Ended cut = eval("--task", task(), "--json").succeeds();
        assertThat(JSON.readTree(cut.out()).at("/scores/0/protocol/truncated").asInt())
                .isEqualTo(2);
        assertThat(cut.err())
                .containsPattern(
                        "warning: .*capitals\\.jsonl line \\d: the context of choice 0 of item \\d of task \\w+"
                                + " is cut on the left: with its choice it has \\d+ tokens, and the model takes 512;"
                                + " contexts cut in all: 2");

        cli.file(
                "capitals.jsonl",
                ROWS.replace(
                        "Oslo\"], \"answer\": 1}\n{", "Oslo " + "by the sea ".repeat(400) + "\"], \"answer\": 1}\n{"));
        eval("--task", task()).isRefusedWith("capitals.jsonl line 2", "2405 tokens, more than the 512 positions");
    }

    @Test
    void dataThatAreNotHereSayWhatToDo() {
        cli.run("eval", "stories260k", "--task", "piqa", "--data", folder.toString())
                .isRefusedWith("piqa", folder.resolve("piqa").toString());
    }
}
