package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.allocate.Allotment;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.Knapsack;
import org.rankgrid.numerics.LowerHull;
import org.rankgrid.numerics.Selection;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Sublayer;
import tools.jackson.databind.JsonNode;

/** The stages of the engine, one by one, against {@code golden/allocators/stories260K.json}. */
class AllocatorsGoldenTest {

    private static final JsonNode GOLDEN = Goldens.json(Goldens.FOLDER.resolve("allocators/stories260K.json"));
    private static final double SIMILARITY = 1e-6;
    private static final double SPECTRUM = 1e-6;
    private static final double WISH = 1e-6;
    private static final double ERROR = 1e-5;

    /** Gains nearer to each other than this may change places. */
    private static final double TIE = 1e-6;

    private static final double PERPLEXITY = 1e-4;

    /** Measured with f32 activations, there and here; squares of what differs by a few units in the seventh digit. */
    private static final double FISHER = 1e-5;

    /** The allocators whose plans are calculated, not searched. */
    private static final Set<String> CALCULATED = Set.of("uniform", "mgaa", "ee", "mg", "mgd", "knapsack");

    /** Those whose given ranks are scored at every ratio. */
    private static final Set<String> SCORED = Set.of("uniform", "mgaa", "ee");

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

    @Test
    void theStreamsAreThoseOfTheReference() {
        checkStream(stories.calibrationStream(), GOLDEN.at("/streams/calibration"));
        checkStream(stories.testStream(), GOLDEN.at("/streams/test"));
        int[] validation =
                stories.validation().stream().flatMapToInt(Arrays::stream).toArray();
        checkStream(validation, GOLDEN.at("/streams/validation"));
    }

    @Test
    void theCalibrationOffsetsAreThoseOfPython() {
        assertThat(stories.sample().offsets()).containsExactly(Goldens.ints(GOLDEN.at("/calibration/offsets")));
        assertThat(stories.sample().tokens())
                .isEqualTo(GOLDEN.at("/calibration/tokens").longValue());
    }

    @Test
    void similaritiesAgree() {
        for (int block = 0; block < GOLDEN.required("blocks").intValue(); block++) {
            checkSimilarity(block, Sublayer.ATTENTION, "mha");
            checkSimilarity(block, Sublayer.FEED_FORWARD, "ffn");
        }
    }

    @Test
    void gramMatricesAgree() {
        for (Layer layer : stories.layers()) {
            JsonNode golden = GOLDEN.required("spectra").required(GoldenLayers.name(layer));
            MomentValues moments = stories.calibration().moments(layer, Set.of(LayerStatistic.GRAM));
            int n = moments.columns();
            double trace = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                trace += moments.gram()[i * n + i];
            }
            for (double value : moments.gram()) {
                squares += value * value;
            }
            assertRelative(trace, golden.required("gram_trace"), layer.key() + " trace");
            assertRelative(Math.sqrt(squares), golden.required("gram_frobenius"), layer.key() + " norm");
        }
    }

    @TestFactory
    Stream<DynamicTest> spectraAgree() {
        return Backends.decompositions().stream()
                .map(provider -> dynamicTest(provider.id(), () -> {
                    DecompositionStore store = stories.decompose("pca", provider.open());
                    for (Layer layer : stories.layers()) {
                        checkSpectrum(layer, store.spectrum(layer));
                    }
                }));
    }

    @Test
    void fisherWeightsAgree() {
        JsonNode golden = GOLDEN.required("fisher");
        double[] ours = oracles.oracles(0)
                .gradients()
                .get()
                .outputFisher(0, golden.required("sequences").intValue());
        for (int i = 0; i < ours.length; i++) {
            Layer layer = stories.layers().get(i);
            double expected = GoldenLayers.fisher(golden, layer);
            assertThat(ours[i]).as(layer.key()).isCloseTo(expected, within(FISHER * expected));
        }
    }

    /**
     * Ranks are compared exactly, since none hangs on a tie: errors of spectra and weights as large as they are allowed to be
     * change none of the golden.
     */
    @TestFactory
    Stream<DynamicTest> ranksHangOnNoTie() {
        return rows().stream()
                .filter(row -> row.path("options").has("weight"))
                .map(row -> dynamicTest(title(row), () -> {
                    GoldenCurves curves = new GoldenCurves(GOLDEN, row, stories.layers());
                    long budget = row.required("budget").longValue();
                    RankWish golden = GoldenLayers.wish(row, stories.layers());
                    Random random = new Random(7);
                    for (int draw = 0; draw < 4; draw++) {
                        List<ErrorCurve> disturbed = curves.disturbed(random, FISHER, TIE);
                        Selection selection = GoldenOptions.name(row).equals("knapsack")
                                ? Knapsack.within(budget, disturbed)
                                : LowerHull.within(budget, disturbed);
                        checkWish(RankWish.of(selection.plan()), golden);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> wishesAndRanksAgree() {
        return rows().stream()
                .filter(row -> CALCULATED.contains(GoldenOptions.name(row)))
                .map(row -> dynamicTest(title(row), () -> checkAllocation(row)));
    }

    /** One plan of every allocator, and some at every ratio. */
    @TestFactory
    Stream<DynamicTest> perplexitiesOfTheGivenRanksAgree() {
        Set<String> seen = new HashSet<>();
        return rows().stream()
                .filter(row -> {
                    String allocator = GoldenOptions.name(row);
                    return seen.add(allocator + (SCORED.contains(allocator) ? row.path("ratio") : ""));
                })
                .map(row -> dynamicTest(title(row), () -> {
                    double expected = row.required("ppl").doubleValue();
                    double ours = stories.perplexity(
                            GoldenLayers.plan(row, stories.layers()),
                            pca,
                            GOLDEN.required("window").intValue());
                    assertThat(ours).isCloseTo(expected, within(PERPLEXITY * expected));
                }));
    }

    /** Whitening by Cholesky and PCA of the outputs are one truncation: both lose what the golden says. */
    @TestFactory
    Stream<DynamicTest> truncationLosesWhatTheReferenceLoses() {
        DecompositionStore whitened = stories.decompose("svd-llm", stories.algebra());
        return stories.layers().stream()
                .filter(layer -> GOLDEN.path("whitening_check").has(GoldenLayers.name(layer)))
                .flatMap(layer -> {
                    JsonNode golden = GOLDEN.path("whitening_check").path(GoldenLayers.name(layer));
                    return Stream.of(
                            dynamicTest(
                                    "pca, " + layer.key(), () -> checkLoss(layer, pca, golden, golden.path("loss"))),
                            dynamicTest(
                                    "svd-llm, " + layer.key(),
                                    () -> checkLoss(layer, whitened, golden, golden.path("loss_svdllm"))));
                });
    }

    private static List<JsonNode> rows() {
        List<JsonNode> rows = new ArrayList<>();
        GOLDEN.required("results").forEach(rows::add);
        return rows;
    }

    private static String title(JsonNode row) {
        return row.path("allocator").asString() + " " + row.path("options") + " " + row.path("ratio");
    }

    private static void checkStream(int[] ids, JsonNode golden) {
        assertThat(ids).hasSize(golden.required("tokens").intValue());
        assertThat(Hashes.sha256(ids))
                .isEqualTo(golden.required("sha256_int32_le").asString());
    }

    private static void checkSimilarity(int block, Sublayer sublayer, String name) {
        Similarity ours = stories.calibration().sublayer(block, sublayer);
        JsonNode golden = GOLDEN.required("similarity");
        assertThat(ours.residual())
                .as("residual, block %d, %s", block, name)
                .isCloseTo(golden.at("/residual/" + name + "/" + block).doubleValue(), within(SIMILARITY));
        assertThat(ours.branch())
                .as("branch, block %d, %s", block, name)
                .isCloseTo(golden.at("/branch/" + name + "/" + block).doubleValue(), within(SIMILARITY));
    }

    private static void checkSpectrum(Layer layer, double[] spectrum) {
        JsonNode golden = GOLDEN.required("spectra").required(GoldenLayers.name(layer));
        double[] expected = Goldens.doubles(golden.required("eigenvalues"));
        assertThat(spectrum).as(layer.key()).containsExactly(expected, within(SPECTRUM * expected[0]));
        assertRelative(Arrays.stream(spectrum).sum(), golden.required("eigenvalue_sum"), layer.key() + " sum");
    }

    private static void assertRelative(double ours, JsonNode golden, String what) {
        assertThat(ours).as(what).isCloseTo(golden.doubleValue(), within(SPECTRUM * Math.abs(golden.doubleValue())));
    }

    private static void checkAllocation(JsonNode row) {
        Allocator allocator = stories.allocator(GoldenOptions.id(row));
        Allotment ours = oracles.allocation(0)
                .allocate(
                        allocator,
                        GoldenOptions.of(allocator, row),
                        new BigDecimal(row.required("ratio").asString()),
                        0);
        assertThat(ours.budget().parameters()).isEqualTo(row.required("budget").longValue());
        assertThat(ours.rawParameters())
                .as("size of the wish")
                .isCloseTo(row.required("raw_params").doubleValue(), within(WISH * ours.rawParameters()));
        checkWish(ours.wish(), GoldenLayers.wish(row, stories.layers()));
        assertThat(ours.plan()).isEqualTo(GoldenLayers.plan(row, stories.layers()));
        assertThat(ours.plan().parameters()).isEqualTo(row.required("params").longValue());
        for (String fact : List.of("weighted_error", "lower_bound")) {
            if (row.has(fact)) {
                double expected = row.required(fact).doubleValue();
                assertThat(ours.facts())
                        .extractingByKey(fact, InstanceOfAssertFactories.DOUBLE)
                        .isCloseTo(expected, within(ERROR * expected));
            }
        }
    }

    private static void checkWish(RankWish ours, RankWish golden) {
        for (int i = 0; i < golden.size(); i++) {
            Layer layer = stories.layers().get(i);
            if (golden.rank(i) == RankWish.DENSE) {
                assertThat(ours.rank(i)).as(layer.key()).isGreaterThan(layer.largestSavingRank());
            } else {
                assertThat(ours.rank(i)).as(layer.key()).isCloseTo(golden.rank(i), within(WISH));
            }
        }
    }

    /** The loss of the factors as they are stored, and the one the spectrum promises. */
    private static void checkLoss(Layer layer, DecompositionStore store, JsonNode golden, JsonNode loss) {
        int rank = golden.required("k").intValue();
        double[] spectrum = store.spectrum(layer);
        double tolerance = SPECTRUM * spectrum[0];
        assertThat(Arrays.stream(spectrum).skip(rank).sum())
                .as("sum of the spectrum's tail")
                .isCloseTo(loss.doubleValue(), within(tolerance));
        assertThat(truncationLoss(layer, store.left(layer, rank), store.right(layer, rank)))
                .as("loss of the factors")
                .isCloseTo(loss.doubleValue(), within(tolerance));
    }

    /** tr((W - A B) G (W - A B)T), in 64 bits. */
    private static double truncationLoss(Layer layer, RowSource left, RowSource right) {
        int m = layer.rows();
        int n = layer.columns();
        int k = right.rows();
        float[] a = left.readAll();
        float[] b = right.readAll();
        float[] weight = switch (stories.checkpoint().linear(layer.key())) {
            case LinearWeights.Dense dense -> dense.weight().readAll();
            case LinearWeights.LowRank _ -> throw new IllegalStateException(layer.key() + " is not dense");
        };
        double[] gram = stories.calibration()
                .moments(layer, Set.of(LayerStatistic.GRAM))
                .gram();
        double loss = 0;
        for (int i = 0; i < m; i++) {
            double[] lost = new double[n];
            for (int j = 0; j < n; j++) {
                lost[j] = weight[i * n + j];
                for (int c = 0; c < k; c++) {
                    lost[j] -= (double) a[i * k + c] * b[c * n + j];
                }
            }
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < n; l++) {
                    loss += lost[j] * gram[j * n + l] * lost[l];
                }
            }
        }
        return loss;
    }
}
