package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.weights.Fingerprints;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.rank.Layer;
import tools.jackson.databind.JsonNode;

/** Gradients with respect to weights and to masks on singular values against those of torch, on every backend. */
class GradientsGoldenTest {

    private static final Path FOLDER = Goldens.FOLDER.resolve("gradients");
    private static final Path MODEL = Goldens.FOLDER.resolve("families/llama-gqa-rope-llama3");
    private static final String EMBEDDING = "model.embed_tokens.weight";
    /** Of the largest derivative of a tensor. */
    private static final double WEIGHTS = 3e-5;

    private static final double MASKS = 2e-6;
    private static final double MEAN_NLL = 5e-6;

    @TestFactory
    Stream<DynamicTest> gradientsOfWeightsAreThoseOfTorch() {
        return onEveryBackend(GradientsGoldenTest::checkWeights);
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfMasksAreThoseOfTorch() {
        return onEveryBackend(GradientsGoldenTest::checkMasks);
    }

    private static Stream<DynamicTest> onEveryBackend(Consumer<BackendProvider> check) {
        return Backends.available().stream().map(provider -> dynamicTest(provider.id(), () -> check.accept(provider)));
    }

    private static Checkpoint open() {
        return Checkpoint.open("golden", MODEL, Fingerprints.unremembered(), () -> {
            throw new IllegalStateException("the golden families have no tokenizer");
        });
    }

    private static void checkWeights(BackendProvider provider) {
        JsonNode golden = Goldens.json(FOLDER.resolve("llama-gqa-rope-llama3.json"));
        int[] ids = Goldens.ints(golden.path("input_ids"));
        PackedSequences batch = PackedSequences.ofLengths(ids.length);
        try (Backend backend = provider.open(2);
                Checkpoint checkpoint = open();
                ComponentDecoder decoder =
                        ComponentDecoder.load(checkpoint, List.of(), new SingularComponents(checkpoint), backend);
                Scope scope = backend.scope()) {
            GatheredGradients gradients = new GatheredGradients(backend, scope, batch);
            double[] logProbabilities = decoder.differentiate(ids, batch, 1.0 / (ids.length - 1), gradients);
            assertMeanNll(logProbabilities, golden);
            for (JsonNode parameter : golden.path("parameters")) {
                String name = parameter.path("name").asString();
                float tolerance = (float) (WEIGHTS * parameter.path("max_abs").doubleValue());
                float[] found = name.equals(EMBEDDING)
                        ? byToken(gradients.embedding(), ids, decoder.spec().vocabulary())
                        : gradients.weight(name.substring(0, name.length() - ".weight".length()));
                assertThat(found)
                        .as(name)
                        .containsExactly(
                                Goldens.floats(parameter.path("gradient").asString()), within(tolerance));
            }
        }
    }

    /** The gradient of the table of tokens, v by hidden. */
    private static float[] byToken(float[] stream, int[] ids, int vocabulary) {
        int hidden = stream.length / ids.length;
        float[] table = new float[vocabulary * hidden];
        for (int t = 0; t < ids.length; t++) {
            for (int j = 0; j < hidden; j++) {
                table[ids[t] * hidden + j] += stream[t * hidden + j];
            }
        }
        return table;
    }

    private static void checkMasks(BackendProvider provider) {
        JsonNode golden = Goldens.json(FOLDER.resolve("mask-layer1-down_proj.json"));
        int[] ids = Goldens.ints(golden.path("input_ids"));
        PackedSequences batch = PackedSequences.ofLengths(ids.length);
        String tensor = golden.path("weight").asString();
        String key = tensor.substring(0, tensor.length() - ".weight".length());
        try (Backend backend = provider.open(2);
                Checkpoint checkpoint = open();
                Scope scope = backend.scope()) {
            List<Layer> masked = checkpoint.layers().stream()
                    .filter(layer -> layer.key().equals(key))
                    .toList();
            try (ComponentDecoder decoder =
                    ComponentDecoder.load(checkpoint, masked, new SingularComponents(checkpoint), backend)) {
                List<String> cases = new ArrayList<>();
                for (JsonNode node : golden.path("cases")) {
                    cases.add(node.path("what").asString());
                    decoder.use(List.of(floats(node.path("masks"))));
                    GatheredGradients gradients = new GatheredGradients(backend, scope, batch);
                    assertMeanNll(decoder.differentiate(ids, batch, 1.0 / (ids.length - 1), gradients), node);
                    assertThat(gradients.mask(key))
                            .as(cases.getLast())
                            .containsExactly(Goldens.doubles(node.path("gradient_f64")), within(MASKS));
                    float[] weight = Goldens.floats(
                            node.path("gradient_of_masked_weight").asString());
                    assertThat(gradients.weight(key)).as(cases.getLast()).containsExactly(weight, within((float)
                            (WEIGHTS * largest(weight))));
                }
                assertThat(cases).hasSize(2);
            }
        }
    }

    private static void assertMeanNll(double[] logProbabilities, JsonNode golden) {
        assertThat(-Arrays.stream(logProbabilities).average().orElseThrow())
                .isCloseTo(golden.path("mean_nll_f64").doubleValue(), within(MEAN_NLL));
    }

    private static float[] floats(JsonNode array) {
        double[] values = Goldens.doubles(array);
        float[] narrowed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (float) values[i];
        }
        return narrowed;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
