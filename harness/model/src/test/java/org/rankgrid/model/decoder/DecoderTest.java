package org.rankgrid.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.Fixtures;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;

class DecoderTest {

    private static final String LLAMA = "llama-gqa-rope-llama3";

    private final Backend backend = new ScalarProvider().open(1);

    @AfterEach
    void close() {
        backend.close();
    }

    private static int[] ids(int count, long seed) {
        return new Random(seed).ints(count, 0, 288).toArray();
    }

    private float[] hidden(Decoder decoder, int[] ids, int... lengths) {
        try (Scope scope = backend.scope()) {
            Tensor hidden = decoder.hidden(ids, PackedSequences.ofLengths(lengths), scope);
            float[] values = new float[ids.length * decoder.spec().hidden()];
            backend.download(hidden, 0, ids.length, values);
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, "opt", "gpt2"})
    void packedSequencesGiveTheBitsOfEachAlone(String family) {
        int[] lengths = {5, 1, 17, 9};
        int[] ids = ids(32, 1);
        try (Checkpoint checkpoint = Fixtures.open(family);
                Decoder decoder = Decoder.load(checkpoint, backend)) {
            float[] packed = hidden(decoder, ids, lengths);
            int start = 0;
            for (int length : lengths) {
                float[] alone = hidden(decoder, Arrays.copyOfRange(ids, start, start + length), length);
                assertThat(Arrays.copyOfRange(packed, start * 64, (start + length) * 64))
                        .isEqualTo(alone);
                start += length;
            }
            assertThat(hidden(decoder, ids, lengths)).isEqualTo(packed);
        }
    }

    @Test
    void logProbabilitiesAreThoseOfTheLogits() {
        int[] ids = ids(12, 2);
        try (Checkpoint checkpoint = Fixtures.open(LLAMA);
                Decoder decoder = Decoder.load(checkpoint, backend);
                Scope scope = backend.scope()) {
            Tensor hidden = decoder.hidden(ids, PackedSequences.ofLengths(7, 5), scope);
            float[] logits = decoder.logits(hidden);
            int[] rows = {3, 3, 11, 0};
            int[] targets = {17, 287, 0, 5};
            double[] logProbabilities = new double[4];
            int[] best = new int[4];
            decoder.logProbabilities(hidden, rows, targets, logProbabilities, best);
            for (int i = 0; i < 4; i++) {
                float[] row = Arrays.copyOfRange(logits, rows[i] * 288, (rows[i] + 1) * 288);
                double sum = 0;
                int largest = 0;
                for (int token = 0; token < 288; token++) {
                    sum += Math.exp(row[token]);
                    largest = row[token] > row[largest] ? token : largest;
                }
                assertThat(logProbabilities[i]).isCloseTo(row[targets[i]] - Math.log(sum), within(1e-6));
                assertThat(best[i]).isEqualTo(largest);
            }
        }
    }

    @Test
    void lowRankLinearsStandInForDenseOnes() {
        int[] ids = ids(10, 3);
        try (Checkpoint checkpoint = Fixtures.open(LLAMA);
                Decoder dense = Decoder.load(checkpoint, backend);
                Decoder factored = Decoder.load(checkpoint.withLinears(timesIdentity(checkpoint)), backend)) {
            assertThat(hidden(factored, ids, 10)).containsExactly(hidden(dense, ids, 10), within(1e-5f));
        }
    }

    @Test
    void onlyTheLinearsThatAreReplacedChange() {
        try (Checkpoint checkpoint = Fixtures.open(LLAMA)) {
            Layer layer = checkpoint.layers().get(9);
            LinearWeights zero = new LinearWeights.Dense(
                    RowSource.of(new float[layer.rows() * layer.columns()], layer.rows(), layer.columns()),
                    Optional.empty());
            DecoderWeights replaced = checkpoint.withLinears(Map.of(layer.key(), zero));
            assertThat(replaced.linear(layer.key())).isSameAs(zero);
            for (Layer other : checkpoint.layers()) {
                if (!other.equals(layer)) {
                    assertThat(weight(replaced, other)).isEqualTo(weight(checkpoint, other));
                }
            }
        }
    }

    @Test
    void aReplacementMustFitItsLayer() {
        try (Checkpoint checkpoint = Fixtures.open(LLAMA)) {
            LinearWeights small = new LinearWeights.Dense(RowSource.of(new float[6], 2, 3), Optional.empty());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> checkpoint.withLinears(Map.of("model.layers.0.mlp.up_proj", small)))
                    .withMessageContaining("112 x 64")
                    .withMessageContaining("2 x 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> checkpoint.withLinears(Map.of("model.layers.0.mlp", small)));
        }
    }

    @Test
    void aSequenceLongerThanTheModelTakesIsAnError() {
        try (Checkpoint checkpoint = Fixtures.open("opt");
                Decoder decoder = Decoder.load(checkpoint, backend)) {
            assertThat(hidden(decoder, ids(128, 4), 64, 64)).hasSize(128 * 64);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> hidden(decoder, ids(65, 4), 65))
                    .withMessageContaining("65")
                    .withMessageContaining("64");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 288, Integer.MAX_VALUE})
    void anIdOutsideTheVocabularyIsAnError(int id) {
        try (Checkpoint checkpoint = Fixtures.open(LLAMA);
                Decoder decoder = Decoder.load(checkpoint, backend)) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> hidden(decoder, new int[] {1, id}, 2))
                    .withMessageContaining(String.valueOf(id))
                    .withMessageContaining("288");
        }
    }

    private static Map<String, LinearWeights> timesIdentity(DecoderWeights weights) {
        Map<String, LinearWeights> factored = new HashMap<>();
        for (Layer layer : weights.layers()) {
            int n = layer.columns();
            float[] identity = new float[n * n];
            IntStream.range(0, n).forEach(i -> identity[i * n + i] = 1);
            LinearWeights.Dense dense = (LinearWeights.Dense) weights.linear(layer.key());
            factored.put(
                    layer.key(), new LinearWeights.LowRank(dense.weight(), RowSource.of(identity, n, n), dense.bias()));
        }
        return factored;
    }

    private static float[] weight(DecoderWeights weights, Layer layer) {
        return ((LinearWeights.Dense) weights.linear(layer.key())).weight().readAll();
    }
}
