package org.rankgrid.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.model.Fixtures;
import org.rankgrid.model.MemoryWeights;
import org.rankgrid.model.decoder.AttentionSpec.QueryKeyNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.PositionSpec;
import org.rankgrid.model.decoder.RotaryScaling;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Role;

class GgufConfigTest {

    private static final String FAMILY = "llama-gqa-rope-llama3";

    private final MemoryWeights weights = Fixtures.weights(FAMILY);

    private static Map<String, Object> metadata(String architecture) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("general.architecture", architecture);
        metadata.put("tokenizer.ggml.tokens", List.of("a", "b"));
        String prefix = architecture + ".";
        metadata.put(prefix + "block_count", 2L);
        metadata.put(prefix + "embedding_length", 64L);
        metadata.put(prefix + "attention.head_count", 4L);
        metadata.put(prefix + "attention.head_count_kv", 2L);
        metadata.put(prefix + "feed_forward_length", 112L);
        metadata.put(prefix + "context_length", 512L);
        metadata.put(prefix + "attention.layer_norm_rms_epsilon", 1e-5);
        return metadata;
    }

    private DecoderSpec describe(Map<String, Object> metadata) {
        return GgufConfig.describe("model.gguf", metadata, weights);
    }

    private RotaryScaling scaling(Map<String, Object> metadata) {
        return ((PositionSpec.Rotary) describe(metadata).positions()).scaling();
    }

    @Test
    void describesWhatConfigJsonDescribes() {
        Config config = Fixtures.parse("""
                {"model_type": "llama", "hidden_size": 64, "intermediate_size": 112, "max_position_embeddings": 512,
                 "num_attention_heads": 4, "num_hidden_layers": 2, "num_key_value_heads": 2, "rms_norm_eps": 1e-05,
                 "tie_word_embeddings": false, "vocab_size": 288}
                """);
        assertThat(describe(metadata("llama"))).isEqualTo(new LlamaFamily().describe(config));
    }

    @Test
    void theHeadIsTiedWhereThereIsNone() {
        weights.remove("lm_head.weight");
        assertThat(describe(metadata("llama")).tiedHead()).isTrue();
    }

    @Test
    void biasesAndNormsFollowTensorsAndArchitecture() {
        weights.zeros("model.layers.0.self_attn.q_proj.bias", 64).zeros("model.layers.0.self_attn.k_proj.bias", 32);
        assertThat(describe(metadata("qwen2")).biases()).containsExactly(Role.Q, Role.K);
        assertThat(describe(metadata("qwen2")).attention().queryKeyNorm()).isEqualTo(QueryKeyNorm.NONE);
        assertThat(describe(metadata("qwen3")).attention().queryKeyNorm()).isEqualTo(QueryKeyNorm.PER_HEAD);
    }

    @Test
    void rotaryScalings() {
        Map<String, Object> metadata = metadata("llama");
        metadata.put("llama.rope.scaling.factor", 4.0);
        assertThat(scaling(metadata)).isEqualTo(new RotaryScaling.Linear(4));
        metadata.put("llama.rope.scaling.type", "none");
        assertThat(scaling(metadata)).isEqualTo(new RotaryScaling.None());
        metadata.put("llama.rope.scaling.type", "yarn");
        metadata.put("llama.rope.scaling.original_context_length", 128L);
        assertThat(scaling(metadata)).isEqualTo(new RotaryScaling.Yarn(4, 32, 1, 128, 0.1 * Math.log(4) + 1, true));
    }

    @Test
    void factorsOfFrequenciesComeFromTheirTensor() {
        weights.put("rope_freqs.weight", new float[] {1, 1, 1, 2, 4, 8, 8, 8}, 8);
        assertThat(scaling(metadata("llama")))
                .isEqualTo(new RotaryScaling.PerFrequency(List.of(1f, 1f, 1f, 2f, 4f, 8f, 8f, 8f)));
        weights.put("rope_freqs.weight", new float[] {1, 1, 1, 0, 4, 8, 8, 8}, 8);
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> describe(metadata("llama")));
        weights.put("rope_freqs.weight", new float[4], 4);
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> describe(metadata("llama")));
    }

    @ParameterizedTest
    @CsvSource({
        "llama.block_count, -1",
        "llama.block_count, 5000000000",
        "llama.embedding_length, 66",
        "llama.embedding_length, 128",
        "llama.attention.head_count_kv, 3",
        "llama.attention.value_length, 8",
        "llama.expert_count, 8",
        "llama.rope.dimension_count, 7",
        "llama.rope.dimension_count, 32"
    })
    void aValueThatCannotBeIsNamed(String key, long value) {
        Map<String, Object> metadata = metadata("llama");
        metadata.put(key, value);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe(metadata))
                .withMessageStartingWith("model.gguf: " + key + " is " + value);
    }

    @Test
    void aListWhereANumberBelongsIsAnError() {
        Map<String, Object> metadata = metadata("llama");
        metadata.put("llama.attention.head_count_kv", new long[] {2, 2});
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe(metadata))
                .withMessageContaining("llama.attention.head_count_kv");
    }

    @Test
    void anUnknownArchitectureIsAnError() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe(metadata("qwen4")))
                .withMessageContaining("general.architecture is \"qwen4\"")
                .withMessageContaining("llama, qwen2, qwen3");
    }
}
