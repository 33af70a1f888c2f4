package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.RowSource;

class GgufWeightsTest {

    @TempDir
    Path folder;

    @Test
    void namesAreThoseOfHuggingFace() throws IOException {
        try (GgufWeights weights = reference()) {
            assertThat(weights.names())
                    .containsExactly(
                            "model.embed_tokens.weight",
                            "model.layers.0.input_layernorm.weight",
                            "model.layers.0.self_attn.q_proj.weight",
                            "model.layers.0.self_attn.q_proj.bias",
                            "model.layers.0.self_attn.k_proj.weight",
                            "model.layers.0.self_attn.k_proj.bias",
                            "model.layers.0.self_attn.v_proj.weight",
                            "model.layers.0.self_attn.o_proj.weight",
                            "model.layers.0.mlp.gate_proj.weight",
                            "model.layers.0.mlp.up_proj.weight",
                            "model.layers.0.mlp.down_proj.weight",
                            "model.layers.0.post_attention_layernorm.weight",
                            "model.norm.weight",
                            "lm_head.weight",
                            "rope_freqs.weight");
            assertThat(weights.shape("model.layers.0.mlp.down_proj.weight")).containsExactly(32, 8);
        }
    }

    @Test
    void queriesAndKeysOfLlamaComeInTheOrderOfHuggingFace() throws IOException {
        try (GgufWeights weights = reference()) {
            float[] query =
                    weights.rows("model.layers.0.self_attn.q_proj.weight").readAll();
            for (int i = 0; i < 32 * 32; i++) {
                int row = i / 32;
                assertThat(query[i]).isEqualTo(1000f * row + i % 32);
            }
            float[] key = new float[5 * 32];
            weights.rows("model.layers.0.self_attn.k_proj.weight").read(9, 5, key, 0);
            for (int i = 0; i < key.length; i++) {
                int row = 9 + i / 32;
                float value = 1000f * row + i % 32;
                assertThat(key[i]).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(value)));
            }
            float[] bias = weights.rows("model.layers.0.self_attn.q_proj.bias").readAll();
            for (int i = 0; i < 32; i++) {
                assertThat(bias[i]).isEqualTo(i);
            }
            float[] keyBias =
                    weights.rows("model.layers.0.self_attn.k_proj.bias").readAll();
            for (int i = 0; i < 16; i++) {
                assertThat(keyBias[i]).isEqualTo(i);
            }
        }
    }

    @Test
    void llamaRowsReallyAreStoredInAnotherOrder() throws IOException {
        Path path = GgufFileTest.copyTo(folder.resolve("stored.gguf"));
        try (GgufFile file = GgufFile.open(path)) {
            float[] row = new float[32];
            file.rows("blk.0.attn_q.weight").read(1, 1, row, 0);
            assertThat(row[0]).isEqualTo(4000);
        }
    }

    @ParameterizedTest
    @CsvSource({"llama, true", "qwen2, false", "qwen3, false"})
    void onlyLlamaIsReordered(String architecture, boolean reordered) throws IOException {
        Path path = write(GgufBytes.start(2, 2)
                .key("general.architecture", architecture)
                .key(architecture + ".attention.head_count", 1)
                .tensor("blk.3.attn_q.weight", 0, 0, 1, 4)
                .tensor("blk.3.attn_q_norm.weight", 0, 32, 2)
                .pad()
                .floats(0, 1, 2, 3)
                .pad()
                .floats(5, 6));
        try (GgufWeights weights = GgufWeights.open(path)) {
            RowSource rows = weights.rows("model.layers.3.self_attn.q_proj.weight");
            assertThat(rows.rows()).isEqualTo(4);
            assertThat(rows.columns()).isEqualTo(1);
            assertThat(rows.readAll()).isEqualTo(reordered ? new float[] {0, 2, 1, 3} : new float[] {0, 1, 2, 3});
            assertThat(weights.rows("model.layers.3.self_attn.q_norm.weight").readAll())
                    .containsExactly(5, 6);
        }
    }

    @Test
    void anotherArchitectureIsRefused() throws IOException {
        assertRefused(
                GgufBytes.start(0, 1).key("general.architecture", "qwem3"),
                "key 'general.architecture' is 'qwem3'",
                "[llama, qwen2, qwen3]",
                "did you mean 'qwen");
        assertRefused(GgufBytes.start(0, 0), "no text under the key 'general.architecture'");
    }

    @Test
    void aPartOfAModelIsRefused() throws IOException {
        assertRefused(
                GgufBytes.start(0, 2).key("general.architecture", "llama").key("split.count", 3),
                "one of 3 parts",
                "llama-gguf-split --merge");
    }

    @Test
    void headsThatDoNotFitAreRefusedWhenTheTensorIsAskedFor() throws IOException {
        for (int heads : new int[] {0, 3, 4}) {
            Path path = write(GgufBytes.start(1, 2)
                    .key("general.architecture", "llama")
                    .key("llama.attention.head_count", heads)
                    .tensor("blk.0.attn_q.weight", 0, 0, 1, 4)
                    .pad()
                    .floats(0, 1, 2, 3));
            try (GgufWeights weights = GgufWeights.open(path)) {
                assertThatThrownBy(() -> weights.rows("model.layers.0.self_attn.q_proj.weight"))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("heads");
            }
        }
    }

    @Test
    void twoTensorsForOneNameAreRefused() throws IOException {
        assertRefused(
                GgufBytes.start(2, 1)
                        .key("general.architecture", "llama")
                        .tensor("output.weight", 0, 0, 1)
                        .tensor("lm_head.weight", 0, 32, 1)
                        .pad()
                        .data(64),
                "two tensors for the Hugging Face name 'lm_head.weight'");
    }

    @Test
    void aMissingTensorIsRefusedWithTheNearestName() throws IOException {
        try (GgufWeights weights = reference()) {
            assertThatThrownBy(() -> weights.rows("model.layers.1.mlp.up_proj.weight"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("did you mean 'model.layers.0.mlp.up_proj.weight'");
            assertThatThrownBy(() -> weights.shape("x")).isInstanceOf(InputException.class);
        }
    }

    private GgufWeights reference() throws IOException {
        return GgufWeights.open(GgufFileTest.copyTo(folder.resolve("reference-llama.gguf")));
    }

    private Path write(GgufBytes bytes) throws IOException {
        return Files.write(folder.resolve("made.gguf"), bytes.bytes());
    }

    private void assertRefused(GgufBytes bytes, String... says) throws IOException {
        Path path = write(bytes);
        assertThatThrownBy(() -> GgufWeights.open(path))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContainingAll(says);
    }
}
