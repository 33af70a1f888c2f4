package org.rankgrid.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/** GatheredGradients of every description against differences of the loss along directions that are half gradient, half random. */
class DifferentiationTest {

    private static final PackedSequences BATCH = PackedSequences.ofLengths(7, 1, 9);
    private static final int[] IDS = new Random(11).ints(17, 0, 19).toArray();
    private static final double WEIGHT = 0.25;
    private static final double TOLERANCE = 1e-3;
    private static final double[] STEP = {4e-3};
    /** Differences across a kink of max(0, x) are no slope: the best of some steps counts. */
    private static final double[] KINKED_STEPS = {4e-3, 2e-3, 1e-3, 5e-4, 2.5e-4};

    private final Backend backend = new ScalarProvider().open(1);

    @AfterEach
    void close() {
        backend.close();
    }

    static Set<String> descriptions() {
        return Descriptions.ALL_OF_THEM.keySet();
    }

    private static RandomDecoder decoder(String description) {
        return new RandomDecoder(
                Objects.requireNonNull(Descriptions.ALL_OF_THEM.get(description)), description.hashCode());
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void theGradientOfEveryWeightIsTheSlopeOfTheLoss(String description) {
        RandomDecoder weights = decoder(description);
        try (Scope scope = backend.scope()) {
            GatheredGradients gradients = new GatheredGradients(backend, scope, BATCH);
            try (ComponentDecoder decoder =
                    ComponentDecoder.load(weights, List.of(), new ExactComponents(weights, false), backend)) {
                decoder.differentiate(IDS, BATCH, WEIGHT, gradients);
            }
            assertThat(gradients.hasMasks()).isFalse();
            for (Layer layer : weights.layers()) {
                float[] gradient = gradients.weight(layer);
                float[] start = ExactComponents.weight(weights, layer);
                assertSlope(
                        description + " " + layer.key(),
                        widen(gradient),
                        step -> plainLoss(
                                weights.withLinears(Map.of(layer.key(), dense(weights, layer, moved(start, step))))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void theGradientOfTheFirstStreamIsTheSlopeOfTheLoss(String description) {
        RandomDecoder weights = decoder(description);
        try (Scope scope = backend.scope();
                ComponentDecoder decoder =
                        ComponentDecoder.load(weights, List.of(), new ExactComponents(weights, false), backend)) {
            GatheredGradients gradients = new GatheredGradients(backend, scope, BATCH);
            decoder.differentiate(IDS, BATCH, WEIGHT, gradients);
            Tensor stream = scope.tensor(BATCH.tokens(), decoder.spec().hidden());
            decoder.embed(IDS, BATCH, stream);
            float[] start = new float[BATCH.tokens() * decoder.spec().hidden()];
            backend.download(stream, 0, BATCH.tokens(), start);
            assertSlope(description, widen(gradients.embedding()), step -> lossFrom(decoder, moved(start, step)));
        }
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void theGradientOfEveryMaskIsTheSlopeOfTheLoss(String description) {
        masks(description, false);
        masks(description, true);
    }

    private void masks(String description, boolean centred) {
        RandomDecoder weights = decoder(description);
        Random random = new Random(3);
        List<float[]> masks = new ArrayList<>();
        for (Layer layer : weights.layers()) {
            float[] mask = new float[layer.fullRank()];
            for (int i = 0; i < mask.length; i++) {
                // Nothing of the last third, and of some before it.
                mask[i] = i > mask.length * 2 / 3 || i % 4 == 2 ? 0 : 0.3f + random.nextFloat();
            }
            masks.add(mask);
        }
        try (Scope scope = backend.scope();
                ComponentDecoder decoder = ComponentDecoder.load(
                        weights, weights.layers(), new ExactComponents(weights, centred), backend)) {
            decoder.use(masks);
            GatheredGradients gradients = new GatheredGradients(backend, scope, BATCH);
            decoder.differentiate(IDS, BATCH, WEIGHT, gradients);
            for (int i = 0; i < masks.size(); i++) {
                int changed = i;
                assertSlope(
                        description + " " + weights.layers().get(i).key() + (centred ? " centred" : ""),
                        gradients.mask(weights.layers().get(i)),
                        step -> {
                            List<float[]> other = new ArrayList<>(masks);
                            other.set(changed, moved(masks.get(changed), step));
                            decoder.use(other);
                            return lossFrom(decoder, IDS);
                        });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void whatABatchLeftBehindChangesNoBitOfAnother(String description) {
        RandomDecoder weights = decoder(description);
        PackedSequences other = PackedSequences.ofLengths(4, 3);
        int[] otherIds = Arrays.copyOf(IDS, 7);
        List<float[]> half = weights.layers().stream()
                .map(layer -> Arrays.copyOf(ones((layer.fullRank() + 1) / 2), layer.fullRank()))
                .toList();
        List<float[]> whole =
                weights.layers().stream().map(layer -> ones(layer.fullRank())).toList();
        try (Scope scope = backend.scope();
                ComponentDecoder used = ComponentDecoder.load(
                        weights, weights.layers(), new ExactComponents(weights, false), backend)) {
            used.use(half);
            used.differentiate(IDS, BATCH, WEIGHT, new GatheredGradients(backend, scope, BATCH));
            used.differentiate(otherIds, other, WEIGHT, GradientObserver.NONE);
            used.differentiate(otherIds, other, WEIGHT, new GatheredGradients(backend, scope, other));
            for (List<float[]> masks : List.of(whole, half)) {
                used.use(masks);
                GatheredGradients again = new GatheredGradients(backend, scope, BATCH);
                double[] logProbabilities = used.differentiate(IDS, BATCH, WEIGHT, again);
                try (ComponentDecoder fresh = ComponentDecoder.load(
                        weights, weights.layers(), new ExactComponents(weights, false), backend)) {
                    fresh.use(masks);
                    GatheredGradients alone = new GatheredGradients(backend, scope, BATCH);
                    assertThat(logProbabilities).isEqualTo(fresh.differentiate(IDS, BATCH, WEIGHT, alone));
                    assertThat(again.embedding()).isEqualTo(alone.embedding());
                    for (Layer layer : weights.layers()) {
                        assertThat(again.mask(layer)).as(layer.key()).isEqualTo(alone.mask(layer));
                    }
                }
            }
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Compares gradient . direction with the five-point difference along the direction. */
    private static void assertSlope(String what, double[] gradient, ToDoubleFunction<double[]> lossAfter) {
        Random random = new Random(what.hashCode());
        double[] direction = random.doubles(gradient.length, -1, 1).toArray();
        double length = length(direction);
        double steepness = length(gradient);
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] = direction[i] / length + gradient[i] / steepness;
            expected += direction[i] * gradient[i];
        }
        double closest = Double.POSITIVE_INFINITY;
        for (double step : what.startsWith("opt") ? KINKED_STEPS : STEP) {
            double slope = slope(direction, step, lossAfter);
            closest = Math.abs(slope - expected) < Math.abs(closest - expected) ? slope : closest;
        }
        assertThat(closest).as(what).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
    }

    private static double slope(double[] direction, double step, ToDoubleFunction<double[]> lossAfter) {
        double near =
                lossAfter.applyAsDouble(times(direction, step)) - lossAfter.applyAsDouble(times(direction, -step));
        double far = lossAfter.applyAsDouble(times(direction, 2 * step))
                - lossAfter.applyAsDouble(times(direction, -2 * step));
        return (8 * near - far) / (12 * step);
    }

    private double plainLoss(DecoderWeights weights) {
        try (ComponentDecoder decoder =
                ComponentDecoder.load(weights, List.of(), new ExactComponents(weights, false), backend)) {
            return lossFrom(decoder, IDS);
        }
    }

    private double lossFrom(ComponentDecoder decoder, int[] ids) {
        try (Scope scope = backend.scope()) {
            Tensor stream = scope.tensor(BATCH.tokens(), decoder.spec().hidden());
            decoder.embed(ids, BATCH, stream);
            float[] values = new float[BATCH.tokens() * decoder.spec().hidden()];
            backend.download(stream, 0, BATCH.tokens(), values);
            return lossFrom(decoder, values);
        }
    }

    /** From the stream before the first block on. */
    private double lossFrom(ComponentDecoder decoder, float[] stream) {
        int hidden = decoder.spec().hidden();
        try (Scope scope = backend.scope()) {
            Tensor at = scope.upload(stream, BATCH.tokens(), hidden);
            for (int block = 0; block < decoder.spec().blocks(); block++) {
                Tensor next = scope.tensor(BATCH.tokens(), hidden);
                decoder.forward(block, at, next, BATCH);
                at = next;
            }
            int[] rows = {0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15};
            int[] targets = Arrays.stream(rows).map(row -> IDS[row + 1]).toArray();
            double[] logProbabilities = new double[rows.length];
            decoder.logProbabilities(decoder.finish(at, scope), rows, targets, logProbabilities, new int[rows.length]);
            return -WEIGHT * Arrays.stream(logProbabilities).sum();
        }
    }

    private static LinearWeights dense(DecoderWeights weights, Layer layer, float[] values) {
        Optional<float[]> bias = weights.linear(layer.key()).bias();
        return new LinearWeights.Dense(RowSource.of(values, layer.rows(), layer.columns()), bias);
    }

    private static float[] moved(float[] start, double[] step) {
        float[] moved = new float[start.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (start[i] + step[i]);
        }
        return moved;
    }

    private static double[] times(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private static double length(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    private static double[] widen(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }
}
