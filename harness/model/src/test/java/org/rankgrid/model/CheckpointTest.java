package org.rankgrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.model.weights.Fingerprints;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.text.Tokenizer;

class CheckpointTest {

    private static final String LLAMA = "llama-gqa-rope-llama3";

    /** The sizes of karpathy's stories260K, which the project bundles. */
    private static final String STORIES = """
            {"model_type": "llama", "hidden_size": 64, "intermediate_size": 172, "max_position_embeddings": 512,
             "num_attention_heads": 8, "num_hidden_layers": 5, "num_key_value_heads": 4, "rms_norm_eps": 1e-05,
             "rope_theta": 10000.0, "rope_scaling": null, "tie_word_embeddings": true, "vocab_size": 512}
            """;

    private static MemoryWeights stories() {
        MemoryWeights weights = new MemoryWeights();
        weights.zeros("model.embed_tokens.weight", 512, 64).zeros("model.norm.weight", 64);
        for (int block = 0; block < 5; block++) {
            String prefix = "model.layers." + block + ".";
            weights.zeros(prefix + "input_layernorm.weight", 64)
                    .zeros(prefix + "post_attention_layernorm.weight", 64)
                    .zeros(prefix + "self_attn.q_proj.weight", 64, 64)
                    .zeros(prefix + "self_attn.k_proj.weight", 32, 64)
                    .zeros(prefix + "self_attn.v_proj.weight", 32, 64)
                    .zeros(prefix + "self_attn.o_proj.weight", 64, 64)
                    .zeros(prefix + "mlp.gate_proj.weight", 172, 64)
                    .zeros(prefix + "mlp.up_proj.weight", 172, 64)
                    .zeros(prefix + "mlp.down_proj.weight", 64, 172);
        }
        return weights;
    }

    @Test
    void theStoriesModelHas35LayersOf226560Parameters() {
        try (Checkpoint checkpoint = Fixtures.open(Fixtures.parse(STORIES), stories())) {
            assertThat(checkpoint.layers()).hasSize(35);
            assertThat(checkpoint.layers().stream().mapToLong(Layer::parameters).sum())
                    .isEqualTo(226_560);
            assertThat(checkpoint.parameters()).isEqualTo(226_560 + 512 * 64 + 11 * 64);
            assertThat(checkpoint.layers().get(8))
                    .isEqualTo(new Layer("model.layers.1.self_attn.k_proj", 1, Role.K, 32, 64));
        }
    }

    @Test
    void layersComeBlockByBlockInTheOrderOfRoles() {
        try (Checkpoint checkpoint = Fixtures.open("opt")) {
            assertThat(checkpoint.layers().stream().map(Layer::key).limit(7))
                    .containsExactly(
                            "model.decoder.layers.0.self_attn.q_proj",
                            "model.decoder.layers.0.self_attn.k_proj",
                            "model.decoder.layers.0.self_attn.v_proj",
                            "model.decoder.layers.0.self_attn.out_proj",
                            "model.decoder.layers.0.fc1",
                            "model.decoder.layers.0.fc2",
                            "model.decoder.layers.1.self_attn.q_proj");
        }
    }

    @Test
    void fusedWeightsSplitAndTransposeIntoLayers() {
        MemoryWeights weights = Fixtures.weights("gpt2");
        float[] fused = weights.rows("transformer.h.1.attn.c_attn.weight").readAll();
        float[] biases = weights.rows("transformer.h.1.attn.c_attn.bias").readAll();
        try (Checkpoint checkpoint = Fixtures.open(Fixtures.config("gpt2"), weights)) {
            LinearWeights.Dense key = (LinearWeights.Dense) checkpoint.linear("h.1.attn.c_attn[k]");
            float[] values = key.weight().readAll();
            for (int out = 0; out < 64; out++) {
                for (int in = 0; in < 64; in++) {
                    assertThat(values[out * 64 + in]).isEqualTo(fused[in * 192 + 64 + out]);
                }
                assertThat(key.bias().orElseThrow()[out]).isEqualTo(biases[64 + out]);
            }
        }
    }

    @Test
    void theHubsOwnGpt2HasNoPrefixAndCarriesMasks() {
        MemoryWeights hub = Fixtures.weights("gpt2")
                .renamed(name -> name.replace("transformer.", ""))
                .zeros("h.0.attn.bias", 1, 1, 64, 64)
                .zeros("h.0.attn.masked_bias");
        try (Checkpoint without = Fixtures.open(Fixtures.config("gpt2"), hub);
                Checkpoint with = Fixtures.open("gpt2")) {
            assertThat(without.layers()).isEqualTo(with.layers());
            assertThat(without.parameters()).isEqualTo(with.parameters());
            LinearWeights.Dense layer = (LinearWeights.Dense) without.linear("h.0.mlp.c_proj");
            LinearWeights.Dense same = (LinearWeights.Dense) with.linear("h.0.mlp.c_proj");
            assertThat(layer.weight().readAll()).isEqualTo(same.weight().readAll());
        }
    }

    @Test
    void aTensorOfAnotherShapeIsNamedWithBothShapes() {
        MemoryWeights weights = Fixtures.weights(LLAMA).zeros("model.layers.1.self_attn.k_proj.weight", 64, 64);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Fixtures.open(Fixtures.config(LLAMA), weights))
                .withMessageContaining("model.layers.1.self_attn.k_proj.weight")
                .withMessageContaining("64 x 64")
                .withMessageContaining("32 x 64");
    }

    @Test
    void aMissingTensorIsNamed() {
        MemoryWeights weights = Fixtures.weights(LLAMA).remove("model.layers.1.mlp.up_proj.weight");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Fixtures.open(Fixtures.config(LLAMA), weights))
                .withMessageContaining("model.layers.1.mlp.up_proj.weight");
    }

    @Test
    void aBiasThatTheConfigurationDoesNotMentionIsAnError() {
        MemoryWeights weights = Fixtures.weights(LLAMA).zeros("model.layers.0.self_attn.q_proj.bias", 64);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Fixtures.open(Fixtures.config(LLAMA), weights))
                .withMessageContaining("model.layers.0.self_attn.q_proj.bias");
    }

    @Test
    void buffersAndBlocksBeyondTheLastAreNoErrors() {
        MemoryWeights weights = Fixtures.weights(LLAMA)
                .zeros("model.layers.0.self_attn.rotary_emb.inv_freq", 8)
                .zeros("model.layers.2.eh_proj.weight", 4, 4);
        try (Checkpoint checkpoint = Fixtures.open(Fixtures.config(LLAMA), weights)) {
            assertThat(checkpoint.layers()).hasSize(14);
        }
    }

    @Test
    void anUntiedModelNeedsItsHead() {
        MemoryWeights weights = Fixtures.weights(LLAMA).remove("lm_head.weight");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Fixtures.open(Fixtures.config(LLAMA), weights))
                .withMessageContaining("lm_head.weight");
    }

    @Test
    void aTiedModelTakesItsEmbeddingForTheHead() {
        MemoryWeights weights = stories().zeros("lm_head.weight", 3, 3);
        weights.put("model.embed_tokens.weight", filled(512 * 64, 0.5f), 512, 64);
        try (Checkpoint checkpoint = Fixtures.open(Fixtures.parse(STORIES), weights)) {
            assertThat(checkpoint.head().readAll()).containsOnly(0.5f);
        }
    }

    @Test
    void theFingerprintFollowsWeightsAndArithmetic() {
        String fingerprint = Fixtures.open(Fixtures.parse(STORIES), stories()).fingerprint();
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(Fixtures.open(Fixtures.parse(STORIES.replace("null", "{\"type\": \"default\"}")), stories())
                        .fingerprint())
                .isEqualTo(fingerprint);
        assertThat(Fixtures.open(Fixtures.parse(STORIES.replace("1e-05", "1e-06")), stories())
                        .fingerprint())
                .isNotEqualTo(fingerprint);
        MemoryWeights other = stories().put("model.norm.weight", filled(64, 0.3f), 64);
        assertThat(Fixtures.open(Fixtures.parse(STORIES), other).fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void opensAFolderAndAFile() {
        Path folder = Fixtures.folder("opt");
        for (Path model : List.of(folder, folder.resolve("model.safetensors"))) {
            try (Checkpoint checkpoint = Checkpoint.open("opt", model, Fingerprints.unremembered(), Words::new)) {
                assertThat(checkpoint.name()).isEqualTo("opt");
                assertThat(checkpoint.layers()).hasSize(12);
            }
        }
    }

    @Test
    void aFolderWithoutConfigurationIsAnError(@TempDir Path folder) throws IOException {
        Files.copy(Fixtures.folder("opt").resolve("model.safetensors"), folder.resolve("model.safetensors"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open("opt", folder, Fingerprints.unremembered(), Words::new))
                .withMessageContaining("config.json")
                .withMessageContaining("no such file");
    }

    @Test
    void theTokenizerIsOpenedOnceAndOnlyWhenAsked() {
        List<Tokenizer> opened = new ArrayList<>();
        try (Checkpoint checkpoint = Checkpoint.open("opt", Fixtures.folder("opt"), Fingerprints.unremembered(), () -> {
            opened.add(new Words());
            return opened.getLast();
        })) {
            assertThat(opened).isEmpty();
            assertThat(checkpoint.tokenizer()).isSameAs(checkpoint.tokenizer());
            assertThat(opened).hasSize(1);
        }
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private record Words() implements Tokenizer {

        @Override
        public int[] encode(String text, boolean addSpecialTokens) {
            return new int[0];
        }

        @Override
        public String decode(int[] ids) {
            return "";
        }

        @Override
        public int vocabularySize() {
            return 0;
        }

        @Override
        public OptionalInt bos() {
            return OptionalInt.empty();
        }

        @Override
        public OptionalInt eos() {
            return OptionalInt.empty();
        }

        @Override
        public boolean addsBos() {
            return false;
        }

        @Override
        public String fingerprint() {
            return "";
        }
    }
}
