package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.model.family.Families;
import org.rankgrid.model.weights.Fingerprints;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.text.Tokenizer;
import tools.jackson.databind.JsonNode;

/**
 * Every family against the logits of transformers, on every backend, from both styles of {@code config.json}. Families that
 * rankgrid does not know are skipped.
 */
class FamiliesTest {

    private static final List<String> CONFIGURATIONS = List.of("config.json", "config.v4.json");
    private static final float LOGITS = 1e-4f;
    private static final double MEAN_NLL = 5e-6;

    /** A golden sequence: its ids, all its logits, and the mean of its likelihoods in 64 bits. */
    private record Sequence(int[] ids, float[] logits, double meanNll) {

        static Sequence of(JsonNode golden) {
            return new Sequence(
                    Goldens.ints(golden.path("input_ids")),
                    Goldens.floats(golden.path("logits").asString()),
                    golden.path("mean_nll_f64").doubleValue());
        }

        int predicted() {
            return ids.length - 1;
        }
    }

    @TestFactory
    List<DynamicContainer> logitsAndLikelihoodsAreThoseOfTransformers(@TempDir Path temporary) throws IOException {
        List<DynamicContainer> families = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Goldens.families())) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve("golden.json")) && known(folder)) {
                    families.add(dynamicContainer(folder.getFileName().toString(), tests(folder, temporary)));
                }
            }
        }
        assertThat(families).as("families in %s", Goldens.families()).isNotEmpty();
        return families;
    }

    private static boolean known(Path folder) {
        String type =
                Goldens.json(folder.resolve("config.json")).path("model_type").asString();
        boolean known = Families.ALL.stream().anyMatch(family -> family.id().equals(type));
        if (!known) {
            System.out.println(folder.getFileName() + " is skipped: rankgrid has no family " + type);
        }
        return known;
    }

    private static List<DynamicTest> tests(Path folder, Path temporary) {
        List<DynamicTest> tests = new ArrayList<>();
        for (BackendProvider backend : Backends.available()) {
            for (String configuration : CONFIGURATIONS) {
                tests.add(dynamicTest(
                        backend.id() + ", " + configuration,
                        () -> check(model(folder, configuration, temporary), folder, backend)));
            }
        }
        return tests;
    }

    /** The golden folder, or a copy of it in which another configuration stands in for {@code config.json}. */
    private static Path model(Path folder, String configuration, Path temporary) throws IOException {
        if (configuration.equals("config.json")) {
            return folder;
        }
        Path copy = Files.createDirectories(temporary.resolve(folder.getFileName() + "-" + configuration));
        if (!Files.exists(copy.resolve("config.json"))) {
            Files.copy(folder.resolve("model.safetensors"), copy.resolve("model.safetensors"));
            Files.copy(folder.resolve(configuration), copy.resolve("config.json"));
        }
        return copy;
    }

    /** All sequences in one packed pass, as scoring does it. */
    private static void check(Path model, Path golden, BackendProvider provider) {
        List<Sequence> sequences = new ArrayList<>();
        Goldens.json(golden.resolve("golden.json"))
                .path("sequences")
                .forEach(sequence -> sequences.add(Sequence.of(sequence)));
        PackedSequences packing = PackedSequences.ofLengths(
                sequences.stream().map(sequence -> sequence.ids().length).toList());
        int[] ids = sequences.stream()
                .flatMapToInt(sequence -> Arrays.stream(sequence.ids()))
                .toArray();
        try (Backend backend = provider.open(2);
                Checkpoint checkpoint = Checkpoint.open(
                        golden.getFileName().toString(),
                        model,
                        Fingerprints.unremembered(),
                        FamiliesTest::noTokenizer);
                Decoder decoder = Decoder.load(checkpoint, backend);
                Scope scope = backend.scope()) {
            Tensor hidden = decoder.hidden(ids, packing, scope);
            float[] logits = decoder.logits(hidden);
            int vocabulary = decoder.spec().vocabulary();
            for (int s = 0; s < sequences.size(); s++) {
                Sequence sequence = sequences.get(s);
                assertThat(Arrays.copyOfRange(logits, packing.start(s) * vocabulary, packing.end(s) * vocabulary))
                        .as("logits of sequence %d", s)
                        .containsExactly(sequence.logits(), within(LOGITS));
                assertThat(meanNll(decoder, hidden, packing.start(s), sequence))
                        .as("mean NLL of sequence %d", s)
                        .isCloseTo(sequence.meanNll(), within(MEAN_NLL));
            }
        }
    }

    private static double meanNll(Decoder decoder, Tensor hidden, int start, Sequence sequence) {
        int[] rows = IntStream.range(start, start + sequence.predicted()).toArray();
        int[] targets = Arrays.copyOfRange(sequence.ids(), 1, sequence.ids().length);
        double[] logProbabilities = new double[rows.length];
        decoder.logProbabilities(hidden, rows, targets, logProbabilities, new int[rows.length]);
        return -Arrays.stream(logProbabilities).average().orElseThrow();
    }

    private static Tokenizer noTokenizer() {
        throw new IllegalStateException("the golden families have no tokenizer");
    }
}
