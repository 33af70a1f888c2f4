package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.allocate.Allotment;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import tools.jackson.databind.JsonNode;

/**
 * Searches of our own on the streams of {@code golden/allocators/stories260K.json}: they depend on random numbers and on the
 * order of texts, so that it is the perplexity they end at that counts.
 */
class SearchesGoldenTest {

    private static final JsonNode GOLDEN = Goldens.json(Goldens.FOLDER.resolve("allocators/stories260K.json"));
    private static final int WINDOW = GOLDEN.required("window").intValue();

    /** How much worse than the reference's an own search may end. */
    private static final double SLACK = 1.15;

    @TempDir
    private static Path folder;

    private static Stories stories;
    private static DecompositionStore pca;
    private static StoriesOracles oracles;

    @BeforeAll
    static void calibrate() {
        stories = Stories.of(folder, GOLDEN);
        pca = stories.decompose("pca", stories.algebra());
        oracles = stories.oracles(pca);
    }

    @AfterAll
    static void close() {
        stories.close();
    }

    /** In one group of blocks at every ratio, and in five at one. */
    @TestFactory
    Stream<DynamicTest> bayesianSearchesEndAsLowAsTheReference() {
        return searches("bolaco", "slack");
    }

    @TestFactory
    Stream<DynamicTest> trainedMasksEndAsLowAsTheReference() {
        return searches("ara", "steps", "lr", "batch", "size-weight", "guidance-weight", "guidance", "hard", "init");
    }

    /** ALGORITHMS D.14. */
    @TestFactory
    Stream<DynamicTest> componentFisherEndsWhereTheReferenceDoes() {
        return Stream.of(
                componentFisher("0.1", 6, 7.5, 0.1),
                componentFisher("0.2", 6, 13.4, 0.1),
                componentFisher("0.3", 6, 22.8, 0.1),
                componentFisher("0.1", 1, 7.5, 0.05),
                componentFisher("0.2", 1, 14.0, 0.05),
                componentFisher("0.3", 1, 43.4, 0.05));
    }

    private static DynamicTest componentFisher(String ratio, long steps, double perplexity, double tolerance) {
        return dynamicTest("component-fisher in " + steps + " steps, " + ratio, () -> {
            Allocator allocator = stories.allocator("component-fisher");
            Options options = Options.of(
                    allocator.options(), Map.of("sequences", 16L, "steps", steps, "scores", "sequences-and-tokens"));
            assertThat(perplexity(allocator, options, ratio)).isCloseTo(perplexity, within(tolerance * perplexity));
        });
    }

    /** The searches of the golden that have our defaults for some of the options. */
    private static Stream<DynamicTest> searches(String name, String... defaults) {
        return StreamSupport.stream(GOLDEN.required("results").spliterator(), false)
                .filter(row -> GoldenOptions.name(row).equals(name))
                .filter(row -> row.at("/options/seed").asInt(0) == 0
                        && !row.required("options").has("finish"))
                .filter(row -> hasDefaults(row, defaults))
                .map(row -> dynamicTest(row.required("options") + " " + row.required("ratio"), () -> {
                    Allocator allocator = stories.allocator(GoldenOptions.id(row));
                    double ours = perplexity(
                            allocator,
                            GoldenOptions.of(allocator, row),
                            row.required("ratio").asString());
                    assertThat(ours)
                            .isLessThanOrEqualTo(SLACK * row.required("ppl").doubleValue());
                }));
    }

    private static boolean hasDefaults(JsonNode row, String... names) {
        Allocator allocator = stories.allocator(GoldenOptions.id(row));
        Map<String, Object> ours = Options.defaults(allocator.options()).asMap();
        Map<String, Object> theirs = GoldenOptions.of(allocator, row).asMap();
        return Stream.of(names).allMatch(option -> Objects.equals(theirs.get(option), ours.get(option)));
    }

    /** Of the repaired plan, which has to meet its budget. */
    private static double perplexity(Allocator allocator, Options options, String ratio) {
        Allotment ours = oracles.allocation(0).allocate(allocator, options, new BigDecimal(ratio), 0);
        assertThat(ours.plan().parameters()).isLessThanOrEqualTo(ours.budget().parameters());
        return stories.perplexity(ours.plan(), pca, WINDOW);
    }
}
