package org.rankgrid.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

class ComponentDecoderTest {

    private static final PackedSequences BATCH = PackedSequences.ofLengths(7, 1, 9);
    private static final int[] IDS = new Random(5).ints(17, 0, 19).toArray();

    private final Backend backend = new ScalarProvider().open(1);
    private final RandomDecoder weights = decoder("llama");

    @AfterEach
    void close() {
        backend.close();
    }

    private static RandomDecoder decoder(String description) {
        return new RandomDecoder(Objects.requireNonNull(Descriptions.ALL_OF_THEM.get(description)), 23);
    }

    private ComponentDecoder load(DecoderWeights dense, boolean centred) {
        return ComponentDecoder.load(dense, dense.layers(), new ExactComponents(dense, centred), backend);
    }

    /** Hidden rows, block by block. */
    private float[] hidden(ComponentDecoder decoder) {
        try (Scope scope = backend.scope()) {
            return values(hidden(decoder, scope));
        }
    }

    private static Tensor hidden(ComponentDecoder decoder, Scope scope) {
        Tensor stream = scope.tensor(BATCH.tokens(), decoder.spec().hidden());
        decoder.embed(IDS, BATCH, stream);
        for (int block = 0; block < decoder.spec().blocks(); block++) {
            Tensor next = scope.tensor(BATCH.tokens(), decoder.spec().hidden());
            decoder.forward(block, stream, next, BATCH);
            stream = next;
        }
        return decoder.finish(stream, scope);
    }

    private float[] plainHidden(DecoderWeights plain) {
        try (Decoder decoder = Decoder.load(plain, backend);
                Scope scope = backend.scope()) {
            return values(decoder.hidden(IDS, BATCH, scope));
        }
    }

    private float[] values(Tensor tensor) {
        float[] values = new float[tensor.rows() * tensor.columns()];
        backend.download(tensor, 0, tensor.rows(), values);
        return values;
    }

    /** Ranks 1, 2, 3 and so on, every fifth layer dense. */
    private static RankPlan mixedPlan(DecoderWeights weights) {
        List<Layer> layers = weights.layers();
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] =
                    i % 5 == 4 ? RankPlan.DENSE : Math.min(i + 1, layers.get(i).fullRank());
        }
        return new RankPlan(layers, ranks);
    }

    private static List<float[]> masks(DecoderWeights weights, float value) {
        List<float[]> masks = new ArrayList<>();
        for (Layer layer : weights.layers()) {
            float[] mask = new float[layer.fullRank()];
            Arrays.fill(mask, value);
            masks.add(mask);
        }
        return masks;
    }

    /** The masks that are the ranks of a plan. */
    private static List<float[]> masks(RankPlan plan) {
        List<float[]> masks = new ArrayList<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            float[] mask = new float[plan.layers().get(i).fullRank()];
            Arrays.fill(mask, 0, plan.isDense(i) ? mask.length : plan.rank(i), 1);
            masks.add(mask);
        }
        return masks;
    }

    /** The decoder that a compressor would make of a plan: factors packed alone, their bias computed here. */
    private static DecoderWeights truncated(DecoderWeights weights, RankPlan plan, boolean centred) {
        Map<String, LinearWeights> replaced = new HashMap<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            if (!plan.isDense(i)) {
                Layer layer = plan.layers().get(i);
                Components components = new ExactComponents(weights, centred).apply(layer);
                replaced.put(layer.key(), truncated(weights, layer, components, plan.rank(i)));
            }
        }
        return weights.withLinears(replaced);
    }

    private static LinearWeights truncated(DecoderWeights weights, Layer layer, Components components, int k) {
        int m = layer.rows();
        int n = layer.columns();
        float[] all = components.left().readAll();
        float[] left = new float[m * k];
        for (int i = 0; i < left.length; i++) {
            left[i] = all[i / k * components.count() + i % k];
        }
        float[] right = Arrays.copyOf(components.right().readAll(), k * n);
        Optional<float[]> bias = weights.linear(layer.key()).bias();
        if (components.centre().isPresent()) {
            double[] centre = components.centre().get();
            float[] shifted = bias.orElseGet(() -> new float[m]).clone();
            float[] dense = ExactComponents.weight(weights, layer);
            for (int i = 0; i < m; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    double rest = dense[i * n + j];
                    for (int r = 0; r < k; r++) {
                        rest -= (double) left[i * k + r] * right[r * n + j];
                    }
                    sum += rest * centre[j];
                }
                shifted[i] += (float) sum;
            }
            bias = Optional.of(shifted);
        }
        return new LinearWeights.LowRank(RowSource.of(left, m, k), RowSource.of(right, k, n), bias);
    }

    @Test
    void blockByBlockItIsTheDecoder() {
        try (ComponentDecoder decoder = load(weights, false)) {
            assertThat(hidden(decoder)).isEqualTo(plainHidden(weights));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void masksOfAllOnesAndTheDensePlanAreTheDenseDecoderToTheBit(boolean centred) {
        try (ComponentDecoder decoder = load(weights, centred)) {
            float[] dense = plainHidden(weights);
            decoder.use(mixedPlan(weights));
            assertThat(hidden(decoder)).isNotEqualTo(dense);
            decoder.use(masks(weights, 1));
            assertThat(hidden(decoder)).isEqualTo(dense);
            decoder.use(mixedPlan(weights));
            decoder.use(RankPlan.dense(weights.layers()));
            assertThat(hidden(decoder)).isEqualTo(dense);
        }
    }

    @Test
    void aPlanHasTheBitsOfFactorsPackedAlone() {
        RankPlan plan = mixedPlan(weights);
        try (ComponentDecoder decoder = load(weights, false)) {
            decoder.use(plan);
            assertThat(hidden(decoder)).isEqualTo(plainHidden(truncated(weights, plan, false)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gpt2"})
    void aCentreIsABiasOfTheTruncatedLayer(String description) {
        RandomDecoder dense = decoder(description);
        RankPlan plan = mixedPlan(dense);
        try (ComponentDecoder decoder = load(dense, true)) {
            decoder.use(plan);
            assertThat(hidden(decoder)).containsExactly(plainHidden(truncated(dense, plan, true)), within(2e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMaskOfOnesAndThenZerosIsARank(boolean centred) {
        RankPlan plan = mixedPlan(weights);
        try (ComponentDecoder decoder = load(weights, centred)) {
            decoder.use(plan);
            float[] ranks = hidden(decoder);
            decoder.use(masks(plan));
            assertThat(hidden(decoder)).containsExactly(ranks, within(1e-5f));
        }
    }

    @Test
    void aMaskOfZerosLeavesTheBias() {
        try (ComponentDecoder decoder = load(weights, false)) {
            decoder.use(masks(weights, 0));
            Map<String, LinearWeights> none = new HashMap<>();
            for (Layer layer : weights.layers()) {
                float[] zeros = new float[layer.rows() * layer.columns()];
                RowSource zero = RowSource.of(zeros, layer.rows(), layer.columns());
                none.put(layer.key(), new LinearWeights.Dense(zero, Optional.empty()));
            }
            assertThat(hidden(decoder)).isEqualTo(plainHidden(weights.withLinears(none)));
        }
    }

    @Test
    void gradientsOfARankAreThoseOfItsMaskAndOfTheTruncatedDecoder() {
        RankPlan plan = mixedPlan(weights);
        try (ComponentDecoder decoder = load(weights, true);
                ComponentDecoder plain = ComponentDecoder.load(
                        truncated(weights, plan, true), List.of(), new ExactComponents(weights, false), backend);
                Scope scope = backend.scope()) {
            decoder.use(plan);
            GatheredGradients ranked = new GatheredGradients(backend, scope, BATCH);
            decoder.differentiate(IDS, BATCH, 1, ranked);
            decoder.use(masks(plan));
            GatheredGradients masked = new GatheredGradients(backend, scope, BATCH);
            decoder.differentiate(IDS, BATCH, 1, masked);
            GatheredGradients truncated = new GatheredGradients(backend, scope, BATCH);
            plain.differentiate(IDS, BATCH, 1, truncated);
            assertThat(ranked.embedding()).containsExactly(masked.embedding(), within(1e-5f));
            assertThat(ranked.embedding()).containsExactly(truncated.embedding(), within(1e-5f));
            for (Layer layer : weights.layers()) {
                assertThat(ranked.mask(layer)).containsExactly(masked.mask(layer), within(1e-4));
                assertThat(ranked.weight(layer)).containsExactly(truncated.weight(layer), within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWantsNoComponentsGetsTheSameGradients(boolean masked) {
        RankPlan plan = mixedPlan(weights);
        try (ComponentDecoder decoder = load(weights, true);
                Scope scope = backend.scope()) {
            if (masked) {
                decoder.use(masks(plan));
            } else {
                decoder.use(plan);
            }
            GatheredGradients all = new GatheredGradients(backend, scope, BATCH);
            double[] watched = decoder.differentiate(IDS, BATCH, 0.5, all);
            List<float[]> embedding = new ArrayList<>();
            double[] unwatched = decoder.differentiate(IDS, BATCH, 0.5, new GradientObserver() {
                @Override
                public boolean wantsComponents() {
                    return false;
                }

                @Override
                public void components(Layer layer, Tensor values, Tensor gradients) {
                    throw new AssertionError("nobody asked for " + layer);
                }

                @Override
                public void embedding(Tensor gradient) {
                    embedding.add(values(gradient));
                }
            });
            assertThat(unwatched).isEqualTo(watched);
            assertThat(embedding).hasSize(1);
            assertThat(embedding.getFirst()).containsExactly(all.embedding(), within(1e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma2", "gpt_neox"})
    void packedSequencesHaveTheGradientsOfEachAloneToTheBit(String description) {
        RandomDecoder dense = decoder(description);
        try (ComponentDecoder decoder = load(dense, true);
                Scope scope = backend.scope()) {
            decoder.use(masks(dense, 0.7f));
            GatheredGradients together = new GatheredGradients(backend, scope, BATCH);
            double[] all = decoder.differentiate(IDS, BATCH, 0.5, together);
            int predicted = 0;
            int width = dense.spec().hidden();
            for (int s = 0; s < BATCH.count(); s++) {
                PackedSequences alone = PackedSequences.ofLengths(BATCH.length(s));
                GatheredGradients apart = new GatheredGradients(backend, scope, alone);
                double[] found =
                        decoder.differentiate(Arrays.copyOfRange(IDS, BATCH.start(s), BATCH.end(s)), alone, 0.5, apart);
                assertThat(found).isEqualTo(Arrays.copyOfRange(all, predicted, predicted + BATCH.length(s) - 1));
                assertThat(apart.embedding())
                        .isEqualTo(
                                Arrays.copyOfRange(together.embedding(), BATCH.start(s) * width, BATCH.end(s) * width));
                predicted += found.length;
            }
            assertThat(all).hasSize(predicted);
        }
    }

    @Test
    void divergencesAreThoseOfTheLogits() {
        try (ComponentDecoder decoder = load(weights, false);
                Decoder dense = Decoder.load(weights, backend);
                Scope scope = backend.scope()) {
            Tensor p = hidden(decoder, scope);
            decoder.use(mixedPlan(weights));
            Tensor q = hidden(decoder, scope);
            double[] divergences = new double[BATCH.tokens()];
            decoder.divergences(p, q, divergences);
            float[] pLogits = dense.logits(p);
            float[] qLogits = dense.logits(q);
            int v = decoder.spec().vocabulary();
            for (int row = 0; row < divergences.length; row++) {
                double[] left = logSoftmax(pLogits, row * v, v);
                double[] right = logSoftmax(qLogits, row * v, v);
                double sum = 0;
                for (int token = 0; token < v; token++) {
                    sum += Math.exp(left[token]) * (left[token] - right[token]);
                }
                assertThat(divergences[row]).isCloseTo(sum, within(1e-5)).isPositive();
            }
            decoder.divergences(p, p, divergences);
            assertThat(divergences).containsOnly(0.0);
        }
    }

    private static double[] logSoftmax(float[] logits, int start, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(logits[start + i]);
        }
        double[] logarithms = new double[count];
        for (int i = 0; i < count; i++) {
            logarithms[i] = logits[start + i] - Math.log(sum);
        }
        return logarithms;
    }

    @Test
    void aBatchThatPredictsNothingHasNoLoss() {
        try (ComponentDecoder decoder = load(weights, false);
                Scope scope = backend.scope()) {
            PackedSequences single = PackedSequences.ofLengths(1, 1);
            GatheredGradients gradients = new GatheredGradients(backend, scope, single);
            assertThat(decoder.differentiate(new int[] {3, 4}, single, 1, gradients))
                    .isEmpty();
            assertThat(gradients.embedding()).containsOnly(0f);
        }
    }

    @Test
    void aLossThatIsNoNumberIsAnErrorThatSaysWhere() {
        Layer layer = weights.layers().getFirst();
        float[] broken = new float[layer.rows() * layer.columns()];
        broken[3] = Float.NaN;
        RowSource rows = RowSource.of(broken, layer.rows(), layer.columns());
        DecoderWeights damaged =
                weights.withLinears(Map.of(layer.key(), new LinearWeights.Dense(rows, Optional.empty())));
        try (ComponentDecoder decoder =
                ComponentDecoder.load(damaged, List.of(), new ExactComponents(weights, false), backend)) {
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> decoder.differentiate(IDS, BATCH, 1, GradientObserver.NONE))
                    .withMessageContaining("position 0 of sequence 0 of 3");
        }
    }

    @Test
    void aGradientThatOverflowsIsAnErrorThatSaysSo() {
        try (ComponentDecoder decoder = load(weights, false)) {
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> decoder.differentiate(IDS, BATCH, 1e60, GradientObserver.NONE))
                    .withMessageContaining("gradient")
                    .withMessageContaining("position 0 of sequence 0 of 3");
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        List<Layer> layers = weights.layers();
        try (ComponentDecoder decoder = load(weights, false)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.use(RankPlan.dense(layers.subList(0, 3))))
                    .withMessageContaining("3 layers")
                    .withMessageContaining("14 layers");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.use(masks(weights, 1).subList(0, 5)))
                    .withMessageContaining("5 masks for 14 layers");
            List<float[]> shortMasks = masks(weights, 1);
            shortMasks.set(2, new float[4]);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.use(shortMasks))
                    .withMessageContaining("4 values for the 12 components of 0.V");
            List<float[]> broken = masks(weights, 1);
            broken.get(1)[7] = Float.NaN;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decoder.use(broken))
                    .withMessageContaining("mask value 7 of 0.K is NaN");
        }
        RandomDecoder other = decoder("qwen3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ComponentDecoder.load(weights, other.layers(), new ExactComponents(other, false), backend))
                .withMessageContaining("the decoder has no Layer[key=0.K");
        Layer first = layers.getFirst();
        Layer down = layers.get(6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ComponentDecoder.load(
                        weights, List.of(down), layer -> new ExactComponents(weights, false).apply(first), backend))
                .withMessageContaining("layer 0.DOWN is 12 x 17");
    }
}
