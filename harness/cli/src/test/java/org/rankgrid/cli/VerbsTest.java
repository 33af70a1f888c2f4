package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerbsTest {

    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(folder, cache);
    }

    @Test
    void aGridRunsOnceAndIsThenOnlyShown() throws IOException {
        Cli.Ended first = cli.runGrid(cli.grid()).succeeds();

        assertThat(first.out()).startsWith("tiny\n").contains("allocator", "dense", "uniform", "mgaa", "predicted");
        assertThat(first.err()).contains(Cli.CELLS + " cells computed, 0 already there");
        List<Path> results = results();
        assertThat(results).hasSize(Cli.CELLS);

        byte[] before = Files.readAllBytes(results.getFirst());
        Cli.Ended second = cli.runGrid(cli.grid()).succeeds();

        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).contains("0 cells computed, " + Cli.CELLS + " already there");
        assertThat(Files.readAllBytes(results.getFirst())).isEqualTo(before);
    }

    @Test
    void aTableIsNoWiderThanATerminal() {
        Cli.Ended ended = cli.runGrid(cli.grid());

        assertThat(ended.out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void fewLinesAreShownWhereNobodyWatches() {
        long began = System.nanoTime();
        Cli.Ended ended = cli.runGrid(cli.grid(), "--fresh");
        int tens = Math.toIntExact((System.nanoTime() - began) / 10_000_000_000L);

        // A line a cell and one at the end; where the machine is slow, one in ten seconds besides.
        assertThat(ended.err().lines().toList()).hasSizeBetween(Cli.CELLS + 1, Cli.CELLS + 1 + tens);
    }

    @Test
    void resultsAreOneJsonDocument() throws IOException {
        JsonNode results = json(cli.runGrid(cli.grid(), "--json").succeeds());

        assertThat(results.size()).isEqualTo(Cli.CELLS);
        assertThat(results.get(0).path("status").asString()).isEqualTo("ok");
        assertThat(results.get(1).path("cell").path("allocator").asString()).isEqualTo("uniform");
    }

    @Test
    void aFurtherTaskScoresOnlyItself() throws IOException {
        cli.runGrid(cli.grid()).succeeds();
        Cli.Ended more = cli.runGrid(
                        cli.gridWith("limit: 3}]", "limit: 3}, {id: tinystories, window: 64, limit: 3}]"), "--json")
                .succeeds();

        assertThat(json(more).get(0).path("scores").size()).isGreaterThan(2);
    }

    @Test
    void theSameRanksWhateverThreadsAndBatches() throws IOException {
        cli.runGrid(cli.grid(), "--threads", "1", "--batch", "1").succeeds();
        List<byte[]> one = bytes("items.jsonl", "ranks.json");
        cli.runGrid(cli.grid(), "--threads", "3", "--batch", "8", "--fresh").succeeds();

        assertThat(bytes("items.jsonl", "ranks.json"))
                .usingRecursiveComparison()
                .isEqualTo(one);
    }

    @Test
    void aPlanListsCellsAndTheirPriceAndRunsNothing() throws IOException {
        Cli.Ended text = cli.run("plan", cli.grid().toString()).succeeds();
        JsonNode json = json(cli.run("plan", cli.grid().toString(), "--json").succeeds());

        assertThat(text.out()).contains("tiny: 3 cells", "price", "tokens", "GFLOP/s", "in all");
        assertThat(json.path("cells").path("rows").size()).isEqualTo(Cli.CELLS);
        assertThat(json.path("price").path("columns").size()).isEqualTo(8);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void anEvaluationHasTheNamesThatScriptsHangOn() throws IOException {
        Path items = folder.resolve("items.jsonl");
        JsonNode json = json(cli.run(
                        "eval",
                        "stories260k",
                        "--task",
                        "tinystories",
                        "--limit",
                        "2",
                        "--json",
                        "--items",
                        items.toString())
                .succeeds());

        assertThat(json.propertyNames()).containsExactly("model", "backend", "scores");
        assertThat(json.path("backend").has("id")).isTrue();
        JsonNode ppl = json.path("scores").get(0);
        assertThat(ppl.propertyNames()).contains("task", "metric", "value", "stderr", "n", "protocol");
        assertThat(ppl.path("metric").asString()).isEqualTo("ppl");
        assertThat(ppl.path("protocol").propertyNames())
                .contains("name", "window", "windows", "tokens", "predicted", "bos");
        List<String> lines = Files.readAllLines(items);
        assertThat(lines).hasSize(2);
        assertThat(JsonMapper.shared().readTree(lines.getFirst()).propertyNames())
                .containsExactly("task", "index", "tokens", "nll");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(items);
        }
    }

    @Test
    void pluginsModelsAndCachesAreListed() throws IOException {
        cli.runGrid(cli.grid()).succeeds();

        assertThat(cli.run("plugins").succeeds().out()).contains("equal-energy", "svd-llm", "scalar", "built in");
        assertThat(cli.run("plugins", "allocators").succeeds().out())
                .contains("mgaa")
                .doesNotContain("pca-pooled");
        assertThat(json(cli.run("plugins", "--json").succeeds()).path("rows").size())
                .isGreaterThan(10);
        assertThat(cli.run("models", "list").succeeds().out()).contains("stories260k", "bundled", "tinystories");
        assertThat(json(cli.run("models", "list", "--json").succeeds()).propertyNames())
                .containsExactly("models", "corpora", "data_sets");
        assertThat(cli.run("models", "list").succeeds().out()).contains("validation (1267)", "piqa");
        assertThat(cli.run("cache", "list").succeeds().out())
                .contains("calibration of stories260k on tinystories, 4 x 32", "complete");
        assertThat(json(cli.run("cache", "list", "--json").succeeds())
                        .path("rows")
                        .size())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void aGroupOfTasksIsOneLineAsTextAndWholeAsJson() throws IOException {
        String listed = cli.run("plugins", "tasks").succeeds().out();
        assertThat(listed.lines().filter(line -> line.startsWith("mmlu")))
                .singleElement(as(STRING))
                .contains("parts");
        assertThat(listed).contains("arc_easy", "num_fewshot=0", "num_fewshot: a whole number");

        JsonNode rows = json(cli.run("plugins", "tasks", "--json").succeeds()).path("rows");
        assertThat(rows.valueStream()
                        .filter(row -> row.toString().contains("\"mmlu_"))
                        .count())
                .isGreaterThan(57);
    }

    @Test
    void whatIsPrunedIsComputedAgain() {
        Path own = folder.resolve("cache");
        Cli alone = new Cli(folder, own);
        alone.runGrid(alone.grid()).succeeds();

        assertThat(alone.run("cache", "prune", "--unused", "1").succeeds().out())
                .contains("0 B freed");
        assertThat(alone.run("cache", "prune", "--all").succeeds().out()).contains("calibration of", "pca of");
        assertThat(alone.run("cache", "list").succeeds().out()).doesNotContain("calibration of");
        assertThat(alone.runGrid(alone.grid(), "--fresh").succeeds().err()).contains("calibrate", "decompose");
    }

    @Test
    void aBackendIsMeasuredBesideThePeak() throws IOException {
        JsonNode json = json(cli.run("bench", "--backend", "vector", "--threads", "1", "--seconds", "0.01", "--json")
                .succeeds());

        assertThat(json.propertyNames()).containsExactly("machine", "model", "backends", "unavailable");
        assertThat(json.path("machine").path("peak_gflops_one_core").asDouble()).isPositive();
        assertThat(json.path("backends").size()).isEqualTo(1);
        JsonNode vector = json.path("backends").get(0);
        assertThat(vector.path("id").asString()).isEqualTo("vector");
        assertThat(vector.path("gflops").asDouble()).isPositive();
        assertThat(vector.path("percent_of_peak").asDouble()).isPositive();
        assertThat(vector.path("tokens_per_second").asDouble()).isPositive();

        assertThat(cli.run("bench", "--backend", "vector", "--threads", "1", "--seconds", "0")
                        .succeeds()
                        .out())
                .contains("GFLOP/s", "% of peak", "tokens/s", "memory read at");
    }

    @Test
    void theSchemaIsJson() throws IOException {
        JsonNode schema = json(cli.run("schema").succeeds());

        assertThat(schema.path("properties").propertyNames()).contains("models", "allocators", "tasks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan", "eval", "plugins", "models", "cache", "schema", "bench"})
    void everyVerbExplainsItself(String verb) {
        Cli.Ended help = Cli.words(verb, "--help").succeeds();

        assertThat(help.out()).contains("Usage: rankgrid " + verb);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void theVersionIsSaid() {
        assertThat(Cli.words("--version").succeeds().out())
                .startsWith("rankgrid ")
                .contains("Java");
    }

    private List<Path> results() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("run"))) {
            return files.filter(file -> file.endsWith("result.json")).sorted().toList();
        }
    }

    private List<byte[]> bytes(String... names) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("run"))) {
            return files.filter(
                            file -> List.of(names).contains(file.getFileName().toString()))
                    .sorted()
                    .map(VerbsTest::content)
                    .toList();
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(Cli.Ended ended) throws IOException {
        return JsonMapper.shared().readTree(ended.out());
    }
}
