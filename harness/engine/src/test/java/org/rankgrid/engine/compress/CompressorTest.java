package org.rankgrid.engine.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.cache.Identity;
import org.rankgrid.engine.cache.Stage;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.engine.decompose.Decomposer;
import org.rankgrid.engine.decompose.DecompositionStore;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.model.decoder.NormWeights;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

class CompressorTest {

    private static final int M = 5;
    private static final int N = 4;
    private static final Layer PLAIN = new Layer("plain", 0, Role.Q, M, N);
    private static final Layer BIASED = new Layer("biased", 0, Role.K, M, N);
    private static final List<Layer> LAYERS = List.of(PLAIN, BIASED);

    private final float[] weight = random(M * N, 1);
    private final float[] left = random(M * N, 2);
    private final float[] right = random(N * N, 3);
    private final float[] bias = random(M, 4);
    private final double[] centre = {0.5, -2, 3, 1e-3};
    private final DecoderWeights dense = new TwoLayers();

    @TempDir
    private Path folder;

    /** y = A (B x - B c) + W c + b, term by term. */
    @Test
    void theBiasMakesTheLayerExactAtTheCentre() {
        try (DecompositionStore store = decomposed(Optional.of(centre))) {
            for (int rank = 1; rank <= N; rank++) {
                DecoderWeights compressed =
                        Compressor.compress(dense, new RankPlan(LAYERS, new int[] {rank, rank}), store);
                assertBias(compressed, PLAIN, rank, new float[M]);
                assertBias(compressed, BIASED, rank, bias);
            }
        }
    }

    @Test
    void withoutACentreTheBiasStaysAsItWas() {
        try (DecompositionStore store = decomposed(Optional.empty())) {
            RankPlan plan = new RankPlan(LAYERS, new int[] {2, 3});
            DecoderWeights compressed = Compressor.compress(dense, plan, store);
            assertThat(compressed.linear("plain").bias()).isEmpty();
            assertThat(compressed.linear("biased").bias().orElseThrow()).isEqualTo(bias);
            assertThat(Compressor.addedBiases(dense, plan, store)).isZero();
        }
    }

    @Test
    void aDenseLayerIsLeftAlone() {
        try (DecompositionStore store = decomposed(Optional.of(centre))) {
            RankPlan plan = new RankPlan(LAYERS, new int[] {RankPlan.DENSE, 2});
            DecoderWeights compressed = Compressor.compress(dense, plan, store);
            assertThat(compressed.linear("plain")).isEqualTo(dense.linear("plain"));
            assertThat(compressed.linear("biased")).isInstanceOf(LinearWeights.LowRank.class);
        }
    }

    @Test
    void onlyBiasesThatWereNotThereAreAdded() {
        try (DecompositionStore store = decomposed(Optional.of(centre))) {
            assertThat(Compressor.addedBiases(dense, new RankPlan(LAYERS, new int[] {2, 2}), store))
                    .isEqualTo(M);
            assertThat(Compressor.addedBiases(dense, RankPlan.dense(LAYERS), store))
                    .isZero();
        }
    }

    private void assertBias(DecoderWeights compressed, Layer layer, int rank, float[] before) {
        LinearWeights linear = compressed.linear(layer.key());
        float[] after = linear.bias().orElseThrow();
        for (int i = 0; i < M; i++) {
            double expected = before[i];
            for (int j = 0; j < N; j++) {
                double kept = 0;
                for (int k = 0; k < rank; k++) {
                    kept += (double) left[i * N + k] * right[k * N + j];
                }
                expected += (weight[i * N + j] - kept) * centre[j];
            }
            assertThat((double) after[i]).isCloseTo(expected, within(1e-6));
        }
    }

    private DecompositionStore decomposed(Optional<double[]> around) {
        Cache cache = new Cache(folder);
        DecompositionStore store = new DecompositionStore(
                cache.entry(Stage.DECOMPOSITION, Identity.of("d", 1).with("centre", around.isPresent()), "d"), LAYERS);
        Factorization given = new Factorization() {
            @Override
            public String id() {
                return "given";
            }

            @Override
            public String summary() {
                return "Factors of a test, whatever the weight.";
            }

            @Override
            public Set<LayerStatistic> needs(Options options) {
                return Set.of();
            }

            @Override
            public Decomposition decompose(Factoring problem, LinearAlgebra algebra, Options options) {
                return new Decomposition(M, N, new double[] {4, 3, 2, 1}, left, right, around, List.of());
            }
        };
        CalibrationStore nothing = new CalibrationStore(cache.entry(Stage.CALIBRATION, Identity.of("c", 1), "c"), 1);
        new Decomposer(noAlgebra(), 1)
                .run(dense, LAYERS, nothing, given, Options.defaults(List.of()), store, Progress.NONE);
        return store;
    }

    private static LinearAlgebra noAlgebra() {
        return (LinearAlgebra) Proxy.newProxyInstance(
                CompressorTest.class.getClassLoader(), new Class<?>[] {LinearAlgebra.class}, (proxy, method, a) -> {
                    throw new AssertionError(method);
                });
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** Two linear layers of one weight, and nothing around them. */
    private final class TwoLayers implements DecoderWeights {

        private final RowSource rows = RowSource.of(weight, M, N);

        @Override
        public List<Layer> layers() {
            return LAYERS;
        }

        @Override
        public LinearWeights linear(String key) {
            return new LinearWeights.Dense(rows, key.equals("biased") ? Optional.of(bias) : Optional.empty());
        }

        @Override
        public DecoderSpec spec() {
            throw new AssertionError();
        }

        @Override
        public RowSource embedding() {
            throw new AssertionError();
        }

        @Override
        public RowSource head() {
            throw new AssertionError();
        }

        @Override
        public RowSource positions() {
            throw new AssertionError();
        }

        @Override
        public NormWeights norm(int block, BlockNorm norm) {
            throw new AssertionError();
        }

        @Override
        public NormWeights finalNorm() {
            throw new AssertionError();
        }
    }
}
