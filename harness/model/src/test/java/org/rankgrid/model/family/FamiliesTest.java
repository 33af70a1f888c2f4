package org.rankgrid.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.model.Fixtures;
import org.rankgrid.model.MemoryWeights;
import org.rankgrid.model.decoder.AttentionSpec.QueryKeyNorm;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.PositionSpec;
import org.rankgrid.model.decoder.RotaryScaling;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Role;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FamiliesTest {

    private static final String SIZES = "'hidden_size': 64, 'intermediate_size': 112, 'num_attention_heads': 4,"
            + " 'num_hidden_layers': 3, 'num_key_value_heads': 2, 'vocab_size': 288, 'max_position_embeddings': 128";

    private static DecoderSpec describe(String family, String more) {
        Config config = config(family, more);
        return Families.of(config).describe(config);
    }

    private static Config config(String family, String more) {
        return Fixtures.parse(("{'model_type': '" + family + "', " + SIZES + (more.isEmpty() ? "" : ", ") + more + "}")
                .replace('\'', '"'));
    }

    private static RotaryScaling scaling(String more) {
        return ((PositionSpec.Rotary) describe("llama", more).positions()).scaling();
    }

    @Test
    void defaultsAreThoseOfTransformers() {
        DecoderSpec llama = describe("llama", "");
        assertThat(llama.positions()).isEqualTo(new PositionSpec.Rotary(10_000, 16, new RotaryScaling.None()));
        assertThat(llama.norm().epsilon()).isEqualTo(1e-6);
        assertThat(llama.feedForward().activation()).isEqualTo(Activation.SILU);
        assertThat(llama.tiedHead()).isFalse();
        assertThat(llama.biases()).isEmpty();
        assertThat(llama.attention().windows()).containsExactly(0, 0, 0);
        assertThat(describe("mistral", "").attention().windows()).containsExactly(4096, 4096, 4096);
        assertThat(describe("qwen3", "").attention().headSize()).isEqualTo(128);
        assertThat(describe("qwen3", "").attention().queryKeyNorm()).isEqualTo(QueryKeyNorm.PER_HEAD);
        assertThat(describe("qwen2", "").biases()).containsExactly(Role.Q, Role.K, Role.V);
    }

    @Test
    void settingsOfLlama() {
        DecoderSpec spec = describe(
                "llama",
                "'head_dim': 24, 'attention_bias': true, 'mlp_bias': true, 'tie_word_embeddings': true,"
                        + " 'rms_norm_eps': 1e-5, 'hidden_act': 'gelu_pytorch_tanh', 'rope_theta': 500000");
        assertThat(spec.rows(Role.Q)).isEqualTo(96);
        assertThat(spec.rows(Role.K)).isEqualTo(48);
        assertThat(spec.columns(Role.O)).isEqualTo(96);
        assertThat(spec.biases()).containsExactly(Role.values());
        assertThat(spec.tiedHead()).isTrue();
        assertThat(spec.norm().epsilon()).isEqualTo(1e-5);
        assertThat(spec.feedForward().activation()).isEqualTo(Activation.GELU_TANH);
        assertThat(((PositionSpec.Rotary) spec.positions()).base()).isEqualTo(500_000);
    }

    @Test
    void windowsOfMistral() {
        assertThat(describe("mistral", "'sliding_window': 12").attention().windows())
                .containsExactly(12, 12, 12);
        assertThat(describe("mistral", "'sliding_window': null").attention().windows())
                .containsExactly(0, 0, 0);
    }

    @Test
    void windowsOfQwen() {
        assertThat(describe("qwen2", "'use_sliding_window': false, 'sliding_window': 32, 'max_window_layers': 1")
                        .attention()
                        .windows())
                .containsExactly(0, 0, 0);
        assertThat(describe("qwen2", "'use_sliding_window': true, 'sliding_window': 32, 'max_window_layers': 1")
                        .attention()
                        .windows())
                .containsExactly(0, 32, 32);
        String types = "'layer_types': ['sliding_attention', 'full_attention', 'sliding_attention']";
        assertThat(describe("qwen3", "'use_sliding_window': true, 'sliding_window': 32, " + types)
                        .attention()
                        .windows())
                .containsExactly(32, 0, 32);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe("qwen3", types))
                .withMessageContaining("layer_types");
    }

    @Test
    void settingsOfGemma2() {
        DecoderSpec spec = describe("gemma2", "'head_dim': 24, 'query_pre_attn_scalar': 16, 'sliding_window': 12");
        assertThat(spec.attention().windows()).containsExactly(12, 0, 12);
        assertThat(spec.attention().scale()).isEqualTo(0.25);
        assertThat(spec.attention().softCap()).isEqualTo(50);
        assertThat(spec.finalSoftCap()).isEqualTo(30);
        assertThat(spec.embeddingScale()).isEqualTo(8);
        assertThat(spec.tiedHead()).isTrue();
        assertThat(spec.norms()).hasSize(4);
        assertThat(describe("gemma2", "'final_logit_softcapping': null").finalSoftCap())
                .isZero();
    }

    @Test
    void settingsOfGptNeox() {
        DecoderSpec spec = describe("gpt_neox", "'rotary_emb_base': 5000, 'attention_bias': false");
        assertThat(spec.parallelResidual()).isTrue();
        assertThat(spec.positions()).isEqualTo(new PositionSpec.Rotary(5000, 4, new RotaryScaling.None()));
        assertThat(spec.biases()).containsExactly(Role.UP, Role.DOWN);
        assertThat(describe("gpt_neox", "'use_parallel_residual': false").parallelResidual())
                .isFalse();
    }

    @Test
    void settingsOfOlmo2AndPhi3() {
        DecoderSpec olmo2 = describe("olmo2", "");
        assertThat(olmo2.norms())
                .containsExactlyInAnyOrder(
                        BlockNorm.QUERY, BlockNorm.KEY, BlockNorm.AFTER_ATTENTION, BlockNorm.AFTER_FEED_FORWARD);
        assertThat(olmo2.width(BlockNorm.QUERY)).isEqualTo(64);
        assertThat(olmo2.width(BlockNorm.KEY)).isEqualTo(32);
        assertThat(describe("phi3", "").attention().windows()).containsExactly(0, 0, 0);
        assertThat(describe("phi3", "'sliding_window': 14").attention().windows())
                .containsExactly(14, 14, 14);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe("phi3", "'rope_scaling': {'type': 'longrope'}"))
                .withMessageContaining("default, linear, llama3, yarn");
    }

    @Test
    void rotaryScalingInTheKeysOfBothVersions() {
        RotaryScaling linear = new RotaryScaling.Linear(2);
        assertThat(scaling("'rope_scaling': {'type': 'linear', 'factor': 2.0}")).isEqualTo(linear);
        assertThat(scaling("'rope_scaling': {'rope_type': 'linear', 'type': 'linear', 'factor': 2}"))
                .isEqualTo(linear);
        assertThat(scaling("'rope_parameters': {'rope_type': 'linear', 'factor': 2, 'rope_theta': 1e6}"))
                .isEqualTo(linear);
        assertThat(scaling("'rope_parameters': {'rope_theta': 1e6}")).isEqualTo(new RotaryScaling.None());
        assertThat(scaling("'rope_scaling': null")).isEqualTo(new RotaryScaling.None());
        assertThat(scaling("'rope_scaling': {'rope_type': 'llama3', 'factor': 8.0, 'low_freq_factor': 1.0,"
                        + " 'high_freq_factor': 4.0, 'original_max_position_embeddings': 64}"))
                .isEqualTo(new RotaryScaling.Llama3(8, 1, 4, 64));
        assertThat(((PositionSpec.Rotary) describe("llama", "'rope_parameters': {'rope_theta': 1e6}, 'rope_theta': 5")
                                .positions())
                        .base())
                .isEqualTo(1e6);
    }

    @Test
    void yarnInfersItsAttentionFactor() {
        double usual = 0.1 * Math.log(4) + 1;
        String yarn = "'rope_scaling': {'rope_type': 'yarn', 'factor': 4.0";
        assertThat(scaling(yarn + "}")).isEqualTo(new RotaryScaling.Yarn(4, 32, 1, 128, usual, true));
        assertThat(scaling(yarn + ", 'original_max_position_embeddings': 32, 'beta_fast': 16, 'truncate': false}"))
                .isEqualTo(new RotaryScaling.Yarn(4, 16, 1, 32, usual, false));
        assertThat(scaling(yarn + ", 'attention_factor': 1.5}"))
                .isEqualTo(new RotaryScaling.Yarn(4, 32, 1, 128, 1.5, true));
        double ratio = (0.1 * 0.5 * Math.log(4) + 1) / (0.1 * 2 * Math.log(4) + 1);
        assertThat(scaling(yarn + ", 'mscale': 0.5, 'mscale_all_dim': 2}"))
                .isEqualTo(new RotaryScaling.Yarn(4, 32, 1, 128, ratio, true));
        assertThat(scaling("'rope_scaling': {'type': 'yarn', 'original_max_position_embeddings': 32}"))
                .isEqualTo(new RotaryScaling.Yarn(4, 32, 1, 32, usual, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'hidden_size': -5 | hidden_size is -5",
                "'hidden_size': 64.5 | hidden_size is 64.5",
                "'hidden_size': '64' | hidden_size is \"64\"",
                "'hidden_size': null | hidden_size is null",
                "'hidden_size': 1e30 | hidden_size is 1.0E30",
                "'hidden_size': 66 | a multiple of num_attention_heads, 4",
                "'num_key_value_heads': 3 | a divisor of num_attention_heads, 4",
                "'num_hidden_layers': 1000000000 | from 1 to 4096",
                "'head_dim': 15 | an even number of rotated features",
                "'hidden_act': 'gelu_newt' | did you mean 'gelu_new'",
                "'hidden_act': 'mish' | one of silu, swish, gelu, gelu_new, gelu_pytorch_tanh, relu",
                "'rms_norm_eps': 2 | rms_norm_eps is 2",
                "'rope_theta': 0 | rope_theta is 0",
                "'rope_scaling': {'type': 'dynamic', 'factor': 2} | rope_scaling.type is \"dynamic\"",
                "'rope_scaling': {'type': 'liner', 'factor': 2} | did you mean 'linear'",
                "'rope_scaling': {'type': 'linear'} | rope_scaling.factor is missing",
                "'rope_scaling': {'factor': 2} | rope_scaling.rope_type is missing",
                "'rope_scaling': 'linear' | expected an object",
                "'rope_parameters': {'full_attention': {'rope_theta': 1}} | rope_parameters.rope_type is missing",
                "'tie_word_embeddings': 'yes' | true or false"
            })
    void aValueThatCannotBeIsNamed(String setting, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe("llama", setting))
                .withMessageStartingWith("config.json: ")
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "do_layer_norm_before, false",
        "word_embed_proj_dim, 32",
        "_remove_final_layer_norm, true",
        "layer_norm_elementwise_affine, false"
    })
    void variantsOfOptThatAreNotSupportedAreErrors(String key, String value) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe("opt", "'ffn_dim': 160, '" + key + "': " + value))
                .withMessageContaining(key)
                .withMessageContaining("not supported");
    }

    @Test
    void anUnknownFamilyIsAnErrorWithTheNearest() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> describe("lama", ""))
                .withMessageContaining("model_type is \"lama\"")
                .withMessageContaining("llama, mistral, qwen2, qwen3, opt, gpt2, gpt_neox, gemma2, phi3, olmo2")
                .withMessageContaining("did you mean 'llama'?");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Families.of(Fixtures.parse("{}")))
                .withMessageContaining("model_type is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "null", "{", "{\"a\": }", "{} {}", "\u0000", "{\"a\": NaN}"})
    void whatIsNoObjectIsAnError(String json) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Families.of(Fixtures.parse(json)))
                .withMessageContaining("config.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-gqa-rope-llama3", "opt", "gpt2"})
    void noValueOfNoKeyDoesMoreHarmThanAnInputException(String family) {
        MemoryWeights weights = Fixtures.weights(family);
        ObjectNode good = (ObjectNode) JsonMapper.shared()
                .readTree(Fixtures.folder(family).resolve("config.json").toFile());
        List<String> values = List.of(
                "null",
                "-1",
                "0",
                "1",
                "2",
                "3",
                "63",
                "65",
                "2147483647",
                "2147483648",
                "1e400",
                "-1e-300",
                "0.5",
                "true",
                "false",
                "\"\"",
                "\"relu\"",
                "[]",
                "{}",
                "[[[]]]",
                "{\"rope_type\":\"yarn\"}",
                "9".repeat(900));
        List<String> keys = List.copyOf(good.propertyNames());
        for (String key : keys) {
            for (String value : values) {
                ObjectNode bad = good.deepCopy();
                bad.set(
                        key,
                        JsonMapper.shared().readTree("{\"v\":" + value + "}").get("v"));
                assertOpensOrExplains(bad.toString().getBytes(StandardCharsets.UTF_8), weights);
            }
        }
        byte[] text = good.toString().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < text.length; length++) {
            assertOpensOrExplains(Arrays.copyOf(text, length), weights);
        }
    }

    private static void assertOpensOrExplains(byte[] json, MemoryWeights weights) {
        assertThatCode(() -> {
                    try {
                        Fixtures.open(Config.parse("config.json", json), weights)
                                .close();
                    } catch (InputException e) {
                        assertThat(e.getMessage()).hasSizeBetween(20, 500).doesNotContain("\n");
                    }
                })
                .as(() -> new String(json, StandardCharsets.UTF_8))
                .doesNotThrowAnyException();
    }
}
