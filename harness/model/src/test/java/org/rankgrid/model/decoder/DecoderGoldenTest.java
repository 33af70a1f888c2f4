package org.rankgrid.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.Fixtures;
import org.rankgrid.model.MemoryWeights;
import org.rankgrid.model.family.Config;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

class DecoderGoldenTest {

    private static final float LOGITS = 1e-4f;
    private static final double MEAN_NLL = 5e-6;

    @ParameterizedTest
    @CsvSource({
        "llama-gqa-rope-llama3, config.json",
        "llama-gqa-rope-llama3, config.v4.json",
        "opt, config.json",
        "opt, config.v4.json",
        "gpt2, config.json",
        "gpt2, config.v4.json"
    })
    void logitsAndLikelihoodsAreThoseOfTransformers(String family, String config) {
        check(Fixtures.folder(family), config);
    }

    private static void check(Path folder, String config) {
        Golden golden = Golden.read(folder);
        try (Backend backend = new ScalarProvider().open(1);
                Checkpoint checkpoint = Fixtures.open(
                        Config.read(folder.resolve(config)), MemoryWeights.read(folder.resolve("model.safetensors")));
                Decoder decoder = Decoder.load(checkpoint, backend)) {
            assertThat(checkpoint.parameters()).isEqualTo(golden.parameters());
            for (Golden.Sequence sequence : golden.sequences()) {
                check(sequence, decoder, backend);
            }
        }
    }

    private static void check(Golden.Sequence sequence, Decoder decoder, Backend backend) {
        int[] ids = sequence.ids();
        int asked = ids.length - 1;
        try (Scope scope = backend.scope()) {
            Tensor hidden = decoder.hidden(ids, PackedSequences.ofLengths(ids.length), scope);
            assertThat(decoder.logits(hidden)).containsExactly(sequence.logits(), within(LOGITS));

            double[] logProbabilities = new double[asked];
            int[] rows = IntStream.range(0, asked).toArray();
            decoder.logProbabilities(
                    hidden, rows, Arrays.copyOfRange(ids, 1, ids.length), logProbabilities, new int[asked]);
            assertThat(-Arrays.stream(logProbabilities).average().orElseThrow())
                    .isCloseTo(sequence.meanNll(), within(MEAN_NLL));
        }
    }
}
