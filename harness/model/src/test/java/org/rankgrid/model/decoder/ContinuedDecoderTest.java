package org.rankgrid.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.Fixtures;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;

/** Sequences that continue others give the bits of sequences that repeat them. */
class ContinuedDecoderTest {

    private final Backend backend = new ScalarProvider().open(1);

    @AfterEach
    void close() {
        backend.close();
    }

    static Set<String> descriptions() {
        return Descriptions.ALL_OF_THEM.keySet();
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void everyDescriptionContinues(String name) {
        DecoderSpec spec = Objects.requireNonNull(Descriptions.ALL_OF_THEM.get(name));
        try (Decoder decoder = Decoder.load(new RandomDecoder(spec, 5), backend)) {
            assertContinues(decoder, new int[] {9, 1, 3, 5, 2, 7}, new int[] {-1, -1, 0, 1, 0, 0});
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-gqa-rope-llama3", "opt", "gpt2"})
    void realFamiliesContinue(String family) {
        try (Checkpoint checkpoint = Fixtures.open(family);
                Decoder decoder = Decoder.load(checkpoint, backend)) {
            assertContinues(decoder, new int[] {12, 3, 25, 1, 13}, new int[] {-1, 0, -1, 2, 0});
        }
    }

    @Test
    void aPrefixCountsTowardsTheLengthAModelTakes() {
        try (Checkpoint checkpoint = Fixtures.open("opt");
                Decoder decoder = Decoder.load(checkpoint, backend);
                Scope scope = backend.scope()) {
            PackedSequences batch = PackedSequences.continuing(new int[] {60, 5}, new int[] {-1, 0});
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> decoder.hidden(new int[65], batch, scope))
                    .withMessageContaining("65")
                    .withMessageContaining("64");
        }
    }

    private void assertContinues(Decoder decoder, int[] lengths, int[] prefixes) {
        PackedSequences batch = PackedSequences.continuing(lengths, prefixes);
        int[] ids = new Random(3)
                .ints(batch.tokens(), 0, decoder.spec().vocabulary())
                .toArray();
        float[] continued = hidden(decoder, ids, batch);
        int width = decoder.spec().hidden();
        for (int s = 0; s < batch.count(); s++) {
            IntStream own = Arrays.stream(ids, batch.start(s), batch.end(s));
            int[] repeated = prefixes[s] < 0
                    ? own.toArray()
                    : IntStream.concat(Arrays.stream(ids, batch.start(prefixes[s]), batch.end(prefixes[s])), own)
                            .toArray();
            float[] plain = hidden(decoder, repeated, PackedSequences.ofLengths(repeated.length));
            int first = repeated.length - lengths[s];
            assertThat(Arrays.copyOfRange(continued, batch.start(s) * width, batch.end(s) * width))
                    .isEqualTo(Arrays.copyOfRange(plain, first * width, plain.length));
        }
    }

    private float[] hidden(Decoder decoder, int[] ids, PackedSequences batch) {
        try (Scope scope = backend.scope()) {
            float[] values = new float[ids.length * decoder.spec().hidden()];
            backend.download(decoder.hidden(ids, batch, scope), 0, ids.length, values);
            return values;
        }
    }
}
