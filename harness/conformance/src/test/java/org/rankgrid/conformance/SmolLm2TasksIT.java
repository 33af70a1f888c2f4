package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.run.Evaluation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.engine.score.TokenRequest;
import org.rankgrid.engine.score.TokenRequests;
import org.rankgrid.engine.score.TokenSequence;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.results.cell.Item;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Task;
import tools.jackson.databind.JsonNode;

/**
 * Zero-shot accuracy and word perplexity of SmolLM2-135M-Instruct, named by {@code -Drankgrid.smollm2=PATH}, held against
 * lm-evaluation-harness item by item. Data sets that do not come with rankgrid are looked for in RANKGRID_DATA.
 */
class SmolLm2TasksIT {

    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final Path MODEL = Path.of(System.getProperty("rankgrid.smollm2", ""));

    /** The reference's likelihoods come from a log-softmax in f32. */
    private static final double LIKELIHOOD = 1e-4;

    private static final double LIKELIHOOD_PER_TOKEN = 3e-5;

    /** Those of pages from one in f64. */
    private static final double PAGE_PER_TOKEN = 1e-5;

    @TempDir
    private static Path folder;

    private static Places places;

    @BeforeAll
    static void open() {
        assertThat(MODEL)
                .as("the file that -Drankgrid.smollm2 names; 'rankgrid models pull smollm2-135m' fetches it")
                .isRegularFile();
        places = Places.withData(folder);
    }

    @TestFactory
    Stream<DynamicTest> everyItemIsThatOfTheReference() {
        return GoldenTask.all().stream()
                .map(golden -> dynamicTest(golden.name(), () -> {
                    Questions questions = golden.questions(
                            task(golden.task()), places.installation().corpora());
                    checkTokens(golden, questions);
                    Evaluation.Result plain = evaluate(golden, false);
                    checkItems(golden, plain.items());
                    TasksGoldenTest.checkScores(golden, plain.scores());
                    assertThat(evaluate(golden, true).items())
                            .as("shared contexts change no bit")
                            .isEqualTo(plain.items());
                }));
    }

    @TestFactory
    Stream<DynamicTest> pagesHaveTheLikelihoodOfTheReference() {
        return Goldens.json(Goldens.FOLDER.resolve("smollm2-135m/wikitext.json"))
                .required("runs")
                .valueStream()
                .map(run -> dynamicTest("at most " + run.required("max_length") + " tokens", () -> checkPages(run)));
    }

    private static void checkTokens(GoldenTask golden, Questions questions) {
        try (Checkpoint checkpoint = places.installation().open(MODEL.toString())) {
            List<TokenRequest> requests = TokenRequests.of(
                            golden.task(),
                            questions.requests(),
                            checkpoint.tokenizer(),
                            checkpoint.spec().maximumPositions(),
                            OptionalInt.of(golden.items().size()))
                    .requests();
            assertThat(requests).hasSameSizeAs(golden.items());
            for (GoldenItem item : golden.items()) {
                List<TokenSequence> sequences = requests.get(item.index()).sequences();
                for (int choice = 0; choice < sequences.size(); choice++) {
                    TokenSequence sequence = sequences.get(choice);
                    assertThat(sequence.from()).isEqualTo(item.contextTokens(choice));
                    item.checkIds(choice, Arrays.copyOfRange(sequence.ids(), sequence.from(), sequence.ids().length));
                }
            }
        }
    }

    private static void checkItems(GoldenTask golden, List<Item> items) {
        assertThat(items).hasSameSizeAs(golden.items());
        double worst = 0;
        for (GoldenItem expected : golden.items()) {
            Item.Choice item = (Item.Choice) items.get(expected.index());
            assertThat(item.index()).isEqualTo(expected.index());
            assertThat(item.gold()).isEqualTo(expected.gold());
            double[] loglikelihoods = expected.loglikelihoods();
            assertThat(item.loglikelihoods()).hasSize(loglikelihoods.length);
            for (int choice = 0; choice < loglikelihoods.length; choice++) {
                double allowed = LIKELIHOOD + LIKELIHOOD_PER_TOKEN * expected.tokens(choice);
                double ours = item.loglikelihoods().get(choice);
                assertThat(ours)
                        .as("item %d, choice %d", item.index(), choice)
                        .isCloseTo(loglikelihoods[choice], within(allowed));
                worst = Math.max(worst, Math.abs(ours - loglikelihoods[choice]) / allowed);
            }
            for (String metric : List.of("acc", "acc_norm")) {
                if (expected.has(metric)) {
                    assertThat(item.metrics())
                            .as("item %d", item.index())
                            .containsEntry(metric, expected.metric(metric));
                }
            }
        }
        say(String.format(
                Locale.ROOT,
                "%s: %d items as the reference's, at most %.0f %% of the tolerance away",
                golden.name(),
                items.size(),
                100 * worst));
    }

    private static void checkPages(JsonNode run) {
        int pages = run.required("pages").intValue();
        Task task = task("wikitext");
        Options options = Options.of(
                task.options(), Map.of("max-length", run.required("max_length").longValue()));
        Evaluation.Result result = evaluate(new TaskRun("wikitext", task, options, OptionalInt.of(pages)), false);
        double[] expected = Goldens.doubles(run.required("loglikelihood"));
        int[] tokens = Goldens.ints(run.required("tokens"));
        assertThat(result.items()).hasSize(pages);
        double worst = 0;
        for (Item item : result.items()) {
            Item.Window page = (Item.Window) item;
            double perToken = page.nll() + expected[page.index()] / tokens[page.index()];
            worst = Math.max(worst, Math.abs(perToken));
            assertThat(page.tokens()).isEqualTo(tokens[page.index()]);
            assertThat(perToken).as("page %d", page.index()).isCloseTo(0, within(PAGE_PER_TOKEN));
        }
        say(String.format(
                Locale.ROOT, "%d pages of wikitext: at most %.1e nats a token from the reference", pages, worst));
        result.scores()
                .forEach(score -> assertThat(score.value())
                        .as(score.metric())
                        .isCloseTo(run.required(score.metric()).doubleValue(), within(1e-4)));
    }

    private static Evaluation.Result evaluate(GoldenTask golden, boolean shareContexts) {
        Task task = task(golden.task());
        return evaluate(
                new TaskRun(
                        golden.name(),
                        task,
                        golden.options(task),
                        OptionalInt.of(golden.items().size())),
                shareContexts);
    }

    private static Evaluation.Result evaluate(TaskRun run, boolean shareContexts) {
        try (Machine machine = places.machine("vector", THREADS)) {
            return new Evaluation(places.installation(), machine, new Batching(OptionalInt.empty(), shareContexts))
                    .run(MODEL.toString(), List.of(run), Progress.NONE);
        }
    }

    private static Task task(String id) {
        return places.installation().plugins().tasks().get(id);
    }

    private static void say(String result) {
        System.out.println("SmolLM2: " + result);
    }
}
