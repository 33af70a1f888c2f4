package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.CacheEntry;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.engine.run.Evaluation;
import org.rankgrid.engine.run.GridRun;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.PlannedCell;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.text.Tokenizer;
import tools.jackson.databind.JsonNode;

/**
 * A real model end to end: SmolLM2-135M-Instruct from its quantised file, named by {@code -Drankgrid.smollm2=PATH}. About 40
 * trillion operations, so not among the tests of every build: {@code src/test/scripts/real-model.sh} runs it.
 */
class SmolLm2IT {

    private static final JsonNode ALLOCATORS = Goldens.json(Goldens.FOLDER.resolve("allocators/smollm2-135m.json"));
    private static final JsonNode PERPLEXITY = Goldens.json(Goldens.FOLDER.resolve("smollm2-135m/ppl.json"));
    private static final JsonNode TOKENIZER = Goldens.json(Goldens.FOLDER.resolve("smollm2-135m/tokenizer.json"));

    private static final double WINDOW_NLL = 1e-5;
    private static final double RELATIVE_PERPLEXITY = 1e-4;
    private static final double SPECTRUM = 1e-6;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final Path MODEL = Path.of(System.getProperty("rankgrid.smollm2", ""));

    private static final String GRID = """
            name: smollm2
            models: ["MODEL"]
            calibration: {corpus: wikitext2-train-head, sequences: 64, length: 512}
            allocators: [uniform, mgaa]
            ratios: [0.1, 0.2, 0.3]
            tasks:
              - {id: wikitext2, limit: 8}
            """;

    @TempDir
    private static Path folder;

    private static Places places;

    @BeforeAll
    static void open() {
        assertThat(MODEL)
                .as("the file that -Drankgrid.smollm2 names; 'rankgrid models pull smollm2-135m' fetches it")
                .isRegularFile();
        places = new Places(folder);
    }

    @Test
    void textsHaveTheIdsOfTheReference() {
        try (Checkpoint checkpoint = places.installation().open(MODEL.toString())) {
            Tokenizer tokenizer = checkpoint.tokenizer();
            for (JsonNode golden : TOKENIZER.required("cases")) {
                String text = golden.required("text").asString();
                assertThat(tokenizer.encode(text, true)).as(text).containsExactly(Goldens.ints(golden.required("ids")));
            }
            int[] test = checkStream(tokenizer, "wikitext2-test", "test");
            assertThat(test).hasSize(TOKENIZER.at("/wikitext2_joined/ids").intValue());
            assertThat(Hashes.sha256(test))
                    .isEqualTo(TOKENIZER.at("/wikitext2_joined/sha256_int32_le").asString());
            checkStream(tokenizer, "wikitext2-valid-head", "validation");
            int[] calibration = checkStream(tokenizer, "wikitext2-train-head", "calibration");
            JsonNode golden = ALLOCATORS.required("calibration");
            assertThat(CalibrationSample.draw(
                                    "wikitext2-train-head",
                                    calibration,
                                    golden.required("sequences").intValue(),
                                    golden.required("length").intValue(),
                                    1,
                                    golden.required("seed").longValue())
                            .offsets())
                    .containsExactly(Goldens.ints(golden.required("offsets")));
        }
    }

    /** On {@code vector}, windows of 2,048 are checked by the dense cell of the grid. */
    @TestFactory
    Stream<DynamicTest> windowsAreThoseOfTheReference() {
        return Stream.of(
                dynamicTest("openblas, 8 windows of 2048", () -> checkWindows("openblas", 2048, 8)),
                dynamicTest("vector, 8 windows of 512", () -> checkWindows("vector", 512, 8)),
                dynamicTest("scalar, 2 windows of 512", () -> checkWindows("scalar", 512, 2)));
    }

    @Test
    void aGridOfSevenCellsCalibratesAndDecomposesOnce() {
        Titles titles = new Titles();
        try (Machine machine = places.machine("vector", THREADS)) {
            long began = System.nanoTime();
            GridRun.Outcome outcome = places.run(
                    GRID.replace("MODEL", MODEL.toAbsolutePath().toString()),
                    machine,
                    "run",
                    OptionalInt.empty(),
                    titles,
                    (cell, result, failure) -> say(result));
            say(String.format(
                    Locale.ROOT,
                    "grid of %d cells: %.0f s in all, %s",
                    outcome.results().size(),
                    seconds(began),
                    outcome.sharedSeconds()));
            assertThat(outcome.failed()).isZero();
        }
        assertThat(titles.begun()).containsOnlyOnce("calibrate", "decompose");
        assertThat(Collections.frequency(titles.begun(), "wikitext2")).isEqualTo(7);

        RunDirectory directory = places.directory("run");
        checkWindows(directory.items(cell("dense", 0).id()), 2048);
        for (JsonNode row : ALLOCATORS.required("results")) {
            checkRow(row);
        }
        checkSpectra();
    }

    private static int[] checkStream(Tokenizer tokenizer, String corpus, String name) {
        int[] ids = tokenizer.encode(places.installation().corpora().joined(corpus), true);
        JsonNode golden = ALLOCATORS.required("streams").required(name);
        assertThat(ids).as(corpus).hasSize(golden.required("tokens").intValue());
        assertThat(Hashes.sha256(ids))
                .as(corpus)
                .isEqualTo(golden.required("sha256_int32_le").asString());
        return ids;
    }

    private static void checkWindows(String backend, int window, int count) {
        Task task = places.installation().plugins().tasks().get("wikitext2");
        Options options = Options.of(task.options(), Map.of("window", (long) window));
        try (Machine machine = places.machine(backend, THREADS)) {
            Evaluation.Result result = new Evaluation(places.installation(), machine, Batching.DEFAULT)
                    .run(
                            MODEL.toString(),
                            List.of(new TaskRun("wikitext2", task, options, OptionalInt.of(count))),
                            Progress.NONE);
            say(String.format(
                    Locale.ROOT,
                    "%s: %d tokens in %.1f s, %.0f tokens/s",
                    backend,
                    result.tokens(),
                    result.seconds(),
                    result.tokens() / result.seconds()));
            List<Item> items = result.items();
            assertThat(items).hasSize(count);
            checkWindows(items, window);
        }
    }

    /** The items of the first windows of a length. */
    private static void checkWindows(List<Item> items, int length) {
        JsonNode golden = StreamSupport.stream(PERPLEXITY.required("lengths").spliterator(), false)
                .filter(node -> node.required("length").intValue() == length)
                .findFirst()
                .orElseThrow();
        double worst = 0;
        for (Item item : items) {
            Item.Window scored = (Item.Window) item;
            JsonNode window = golden.required("windows").required(scored.index());
            double expected = window.required("mean_nll_f64_softmax").doubleValue();
            worst = Math.max(worst, Math.abs(scored.nll() - expected));
            assertThat(scored.tokens()).isEqualTo(length - 1);
            assertThat(scored.nll())
                    .as("window %d of %d", scored.index(), length)
                    .isCloseTo(expected, within(WINDOW_NLL));
        }
        say(String.format(
                Locale.ROOT, "%d windows of %d: at most %.1e nats from the reference", items.size(), length, worst));
    }

    private static void checkRow(JsonNode golden) {
        String allocator = golden.required("allocator").asString();
        PlannedCell cell = cell(allocator, golden.required("ratio").asDouble(0));
        RunDirectory directory = places.directory("run");
        CellResult result = directory.read(cell.id()).orElseThrow();
        double expected = golden.required("ppl").doubleValue();
        double ours = result.score("wikitext2", "ppl").orElseThrow().value();
        say(String.format(Locale.ROOT, "%s: perplexity %.6f, reference %.6f", allocator, ours, expected));
        assertThat(ours).as(allocator).isCloseTo(expected, within(RELATIVE_PERPLEXITY * expected));
        assertThat(result.params().orElseThrow().linearKept())
                .isEqualTo(golden.required("params").longValue());
        if (!allocator.equals("dense")) {
            try (Checkpoint checkpoint = places.installation().open(MODEL.toString())) {
                RankPlan plan = GoldenLayers.plan(golden, checkpoint.layers());
                Map<String, Integer> ranks = directory.ranks(cell.id()).orElseThrow();
                assertThat(ranks).hasSize(plan.layers().size());
                for (int i = 0; i < plan.layers().size(); i++) {
                    assertThat(ranks).containsEntry(plan.layers().get(i).key(), plan.rank(i));
                }
            }
        }
    }

    /** The three matrices of the golden, read from the cache that the grid has left. */
    private static void checkSpectra() {
        CacheEntry entry = places.installation().cache().entries().stream()
                .filter(candidate -> candidate.facts().stage() == Stage.DECOMPOSITION)
                .findFirst()
                .orElseThrow();
        JsonNode spectra = ALLOCATORS.required("spectra");
        try (Checkpoint checkpoint = places.installation().open(MODEL.toString());
                DecompositionStore store = new DecompositionStore(entry, checkpoint.layers())) {
            List<Layer> layers = checkpoint.layers().stream()
                    .filter(layer -> spectra.has(GoldenLayers.name(layer)))
                    .toList();
            assertThat(layers).hasSize(spectra.size());
            for (Layer layer : layers) {
                JsonNode golden = spectra.required(GoldenLayers.name(layer));
                checkSpectrum(layer, store.spectrum(layer), golden);
            }
        }
    }

    /** The golden gives the largest eigenvalues and the sum of all. */
    private static void checkSpectrum(Layer layer, double[] ours, JsonNode golden) {
        double[] expected = Goldens.doubles(golden.required("eigenvalues"));
        double[] largest = Arrays.copyOf(ours, expected.length);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(largest[i] - expected[i]) / expected[0]);
        }
        double sum = golden.required("eigenvalue_sum").doubleValue();
        double error = Math.abs(Arrays.stream(ours).sum() - sum) / sum;
        say(String.format(
                Locale.ROOT,
                "spectrum of %s: at most %.1e of the largest from the reference, the sum %.1e of itself",
                layer.key(),
                worst,
                error));
        assertThat(ours).hasSize(layer.fullRank());
        assertThat(largest).as(layer.key()).containsExactly(expected, within(SPECTRUM * expected[0]));
        assertThat(error).as("sum of %s", layer.key()).isLessThan(SPECTRUM);
    }

    private static PlannedCell cell(String allocator, double ratio) {
        return places.directory("run").cells().stream()
                .filter(cell -> cell.cell().allocator().equals(allocator)
                        && cell.cell().ratio().orElseThrow().doubleValue() == ratio)
                .findFirst()
                .orElseThrow();
    }

    private static void say(CellResult result) {
        result.score("wikitext2", "ppl")
                .ifPresent(score -> say(String.format(
                        Locale.ROOT,
                        "%s at ratio %s: perplexity %.4f, %.0f s",
                        result.cell().allocator(),
                        result.cell().ratio().map(String::valueOf).orElse("-"),
                        score.value(),
                        result.cost().seconds())));
    }

    private static void say(String result) {
        System.out.println("SmolLM2: " + result);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
