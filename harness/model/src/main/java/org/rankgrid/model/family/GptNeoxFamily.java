package org.rankgrid.model.family;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.model.decoder.AttentionSpec;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.FeedForwardSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.model.family.LinearPlace.RowPattern;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Role;

/** GPT-NeoX and Pythia: parallel sublayers, layer norms, a share of each head rotated, q, k and v fused head by head. */
final class GptNeoxFamily implements Family {

    @Override
    public String id() {
        return "gpt_neox";
    }

    @Override
    public DecoderSpec describe(Config config) {
        int hidden = config.whole("hidden_size", 1, Limits.FEATURES);
        int heads = config.whole("num_attention_heads", 1, Limits.HEADS);
        int positions = config.whole("max_position_embeddings", 1, Limits.POSITIONS, 2048);
        config.require(hidden % heads == 0, "hidden_size", "a multiple of num_attention_heads, " + heads);
        int headSize = hidden / heads;
        Set<Role> biases = EnumSet.of(Role.UP, Role.DOWN);
        if (config.flag("attention_bias", true)) {
            biases.addAll(List.of(Role.Q, Role.K, Role.V, Role.O));
        }
        return new DecoderSpec(
                hidden,
                config.whole("num_hidden_layers", 1, Limits.BLOCKS),
                config.whole("vocab_size", 1, Limits.VOCABULARY),
                positions,
                NormSpec.before(NormSpec.Kind.LAYER, config.real("layer_norm_eps", 0, Limits.EPSILON, 1e-5)),
                new AttentionSpec(
                        heads,
                        heads,
                        headSize,
                        1 / Math.sqrt(headSize),
                        Windows.none(config),
                        0,
                        AttentionSpec.QueryKeyNorm.NONE),
                RotaryConfig.read(config, headSize, positions, "rotary_emb_base", "rotary_pct", 0.25),
                new FeedForwardSpec(
                        false,
                        ActivationNames.read(config, "hidden_act", Activation.GELU),
                        config.whole("intermediate_size", 1, Limits.FEATURES)),
                config.flag("use_parallel_residual", true),
                biases,
                config.flag("tie_word_embeddings", false),
                1,
                0);
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return new TensorNames(
                List.of("gpt_neox.", ""),
                "gpt_neox.",
                "embed_in",
                Optional.empty(),
                "layers.",
                Map.of(
                        BlockNorm.BEFORE_ATTENTION, "input_layernorm",
                        BlockNorm.BEFORE_FEED_FORWARD, "post_attention_layernorm"),
                Map.of(
                        Role.Q, fused(spec, "[q]", 0),
                        Role.K, fused(spec, "[k]", 1),
                        Role.V, fused(spec, "[v]", 2),
                        Role.O, LinearPlace.whole("attention.dense"),
                        Role.UP, LinearPlace.whole("mlp.dense_h_to_4h"),
                        Role.DOWN, LinearPlace.whole("mlp.dense_4h_to_h")),
                "final_layer_norm",
                "embed_out",
                Set.of("attention.bias", "attention.masked_bias", "attention.rotary_emb.inv_freq"));
    }

    /** Each head has its q, its k and its v one after the other. */
    private static LinearPlace fused(DecoderSpec spec, String part, int third) {
        int headSize = spec.attention().headSize();
        RowPattern rows = new RowPattern(3 * spec.hidden(), third * headSize, headSize, 3 * headSize);
        return new LinearPlace("attention.query_key_value", part, Optional.of(rows), false);
    }
}
