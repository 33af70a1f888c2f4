package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.GradientObserver;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.model.family.Families;
import org.rankgrid.model.weights.Fingerprints;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

/**
 * The gradients of every family against differences of its loss, along directions that are half gradient and half random:
 * of the weights and of the masks of every role.
 */
class FamilyGradientsTest {

    /** Longer than the windows of the families that have one. */
    private static final int TOKENS = 18;

    /** With few tokens, few units of max(0, x) lie near their kinks. */
    private static final int FEW_TOKENS = 6;

    private static final double TOLERANCE = 1e-3;

    /**
     * Differences across a kink of max(0, x) are no slope: of these steps along some directions the first that crosses none
     * is taken, and another text where all of them do. A shorter step would drown in the rounding of the loss.
     */
    private static final double[] STEPS = {2e-3, 1e-3, 5e-4};

    private static final int DIRECTIONS = 4;

    @TestFactory
    List<DynamicTest> gradientsAreTheSlopesOfTheLoss() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Goldens.families())) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve("golden.json")) && known(folder)) {
                    String family = folder.getFileName().toString();
                    tests.add(dynamicTest(
                            family + ", weights",
                            () -> assertThat(texts(folder)).anyMatch(Slopes::agreeForWeights)));
                    tests.add(dynamicTest(
                            family + ", masks", () -> assertThat(texts(folder)).anyMatch(Slopes::agreeForMasks)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static boolean known(Path folder) {
        String type =
                Goldens.json(folder.resolve("config.json")).path("model_type").asString();
        return Families.ALL.stream().anyMatch(family -> family.id().equals(type));
    }

    /** The texts to try in turn: the whole one, and short pieces of it. */
    private static List<Slopes> texts(Path folder) {
        int[] ids = Goldens.ints(Goldens.json(folder.resolve("golden.json"))
                .path("sequences")
                .path(0)
                .path("input_ids"));
        assertThat(ids).hasSizeGreaterThanOrEqualTo(TOKENS);
        List<Slopes> texts = new ArrayList<>();
        texts.add(new Slopes(folder, Arrays.copyOf(ids, TOKENS)));
        for (int from = 0; from + FEW_TOKENS <= ids.length; from++) {
            texts.add(new Slopes(folder, Arrays.copyOfRange(ids, from, from + FEW_TOKENS)));
        }
        return texts;
    }

    /** The loss at some weights, and where max(0, x) gave zero. */
    private record Point(double loss, BitSet zeros) {}

    /** Finds the zeros among the inputs of linear layers: what max(0, x) has cut off, and by chance nothing else. */
    private static final class ZeroInputs implements GradientObserver {

        private final Backend backend;
        private final BitSet zeros = new BitSet();
        private int seen;

        ZeroInputs(Backend backend) {
            this.backend = backend;
        }

        BitSet found() {
            return zeros;
        }

        @Override
        public boolean wantsComponents() {
            return false;
        }

        @Override
        public void linear(Layer layer, Tensor input, Tensor gradient) {
            float[] values = new float[input.rows() * input.columns()];
            backend.download(input, 0, input.rows(), values);
            for (float value : values) {
                zeros.set(seen++, value == 0);
            }
        }
    }

    /** The slopes of one family's loss on a text. */
    private static final class Slopes {

        private final Path folder;
        private final int[] ids;
        private final PackedSequences batch;

        private Slopes(Path folder, int[] ids) {
            this.folder = folder;
            this.ids = ids;
            batch = PackedSequences.ofLengths(ids.length);
        }

        private Checkpoint open() {
            return Checkpoint.open(folder.getFileName().toString(), folder, Fingerprints.unremembered(), () -> {
                throw new IllegalStateException("the golden families have no tokenizer");
            });
        }

        /** Whether all slopes could be told, in which case they agree. */
        boolean agreeForWeights() {
            try (Backend backend = new ScalarProvider().open(1);
                    Checkpoint checkpoint = open();
                    Scope scope = backend.scope()) {
                GatheredGradients gradients = new GatheredGradients(backend, scope, batch);
                try (ComponentDecoder decoder = dense(checkpoint, backend)) {
                    loss(decoder, gradients);
                }
                for (Layer layer : oneOfEachRole(checkpoint)) {
                    float[] start = new SingularComponents(checkpoint).weight(layer);
                    boolean told = assertSlope(layer.key(), widen(gradients.weight(layer.key())), step -> {
                        RowSource moved = RowSource.of(moved(start, step), layer.rows(), layer.columns());
                        LinearWeights replaced = new LinearWeights.Dense(
                                moved, checkpoint.linear(layer.key()).bias());
                        try (ComponentDecoder decoder =
                                dense(checkpoint.withLinears(Map.of(layer.key(), replaced)), backend)) {
                            return point(decoder, backend);
                        }
                    });
                    if (!told) {
                        return false;
                    }
                }
                return true;
            }
        }

        /** Whether all slopes could be told, in which case they agree. */
        boolean agreeForMasks() {
            try (Backend backend = new ScalarProvider().open(1);
                    Checkpoint checkpoint = open();
                    Scope scope = backend.scope()) {
                List<Layer> layers = oneOfEachRole(checkpoint);
                List<float[]> masks = new ArrayList<>();
                for (Layer layer : layers) {
                    float[] mask = new float[layer.fullRank()];
                    for (int i = 0; i < mask.length * 3 / 4; i++) {
                        mask[i] = i % 5 == 3 ? 0 : 1 - 0.5f * i / mask.length;
                    }
                    masks.add(mask);
                }
                try (ComponentDecoder decoder =
                        ComponentDecoder.load(checkpoint, layers, new SingularComponents(checkpoint), backend)) {
                    decoder.use(masks);
                    GatheredGradients gradients = new GatheredGradients(backend, scope, batch);
                    loss(decoder, gradients);
                    for (int i = 0; i < layers.size(); i++) {
                        int changed = i;
                        boolean told = assertSlope(
                                layers.get(i).key() + " mask",
                                gradients.mask(layers.get(i).key()),
                                step -> {
                                    List<float[]> other = new ArrayList<>(masks);
                                    other.set(changed, moved(masks.get(changed), step));
                                    decoder.use(other);
                                    return point(decoder, backend);
                                });
                        if (!told) {
                            return false;
                        }
                    }
                    return true;
                }
            }
        }

        /** Every role once, from one block and the next in turn. */
        private static List<Layer> oneOfEachRole(Checkpoint checkpoint) {
            int roles = checkpoint.spec().roles().size();
            return IntStream.range(0, roles)
                    .mapToObj(role -> checkpoint.layers().get(role % 2 * roles + role))
                    .toList();
        }

        private static ComponentDecoder dense(DecoderWeights weights, Backend backend) {
            return ComponentDecoder.load(
                    weights,
                    List.of(),
                    layer -> {
                        throw new IllegalStateException("no layer is to have components, but " + layer);
                    },
                    backend);
        }

        private Point point(ComponentDecoder decoder, Backend backend) {
            ZeroInputs zeros = new ZeroInputs(backend);
            return new Point(loss(decoder, zeros), zeros.found());
        }

        private double loss(ComponentDecoder decoder, GradientObserver observer) {
            return -Arrays.stream(decoder.differentiate(ids, batch, 1, observer))
                    .sum();
        }

        /**
         * Compares gradient . direction with the five-point difference along the direction.
         *
         * @return whether there is a direction that crosses no kink
         */
        private static boolean assertSlope(String what, double[] gradient, Function<double[], Point> after) {
            Random random = new Random(what.hashCode());
            for (double step : STEPS) {
                for (int i = 0; i < DIRECTIONS; i++) {
                    double[] direction = direction(gradient, random);
                    List<Point> points = IntStream.rangeClosed(-2, 2)
                            .mapToObj(steps -> after.apply(times(direction, steps * step)))
                            .toList();
                    if (points.stream().map(Point::zeros).distinct().count() == 1) {
                        double slope = (points.get(0).loss()
                                        - 8 * points.get(1).loss()
                                        + 8 * points.get(3).loss()
                                        - points.get(4).loss())
                                / (12 * step);
                        double expected = IntStream.range(0, gradient.length)
                                .mapToDouble(j -> gradient[j] * direction[j])
                                .sum();
                        assertThat(slope).as(what).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
                        return true;
                    }
                }
            }
            return false;
        }

        /** Half the gradient's, where the loss is louder than its rounding, and half a random one. */
        private static double[] direction(double[] gradient, Random random) {
            double[] direction = random.doubles(gradient.length, -1, 1).toArray();
            double length = length(direction);
            double steepness = length(gradient);
            for (int i = 0; i < direction.length; i++) {
                direction[i] = direction[i] / length + gradient[i] / steepness;
            }
            return direction;
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
}
