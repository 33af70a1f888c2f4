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
import org.rankgrid.model.decoder.PositionSpec;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Role;

/** GPT-2: learned positions, layer norms, tanh GELU, weights stored transposed and queries, keys and values in one. */
final class Gpt2Family implements Family {

    @Override
    public String id() {
        return "gpt2";
    }

    @Override
    public DecoderSpec describe(Config config) {
        int hidden = config.whole("n_embd", 1, Limits.FEATURES);
        int heads = config.whole("n_head", 1, Limits.HEADS);
        int blocks = config.whole("n_layer", 1, Limits.BLOCKS);
        int positions = config.whole("n_positions", 1, Limits.POSITIONS, 1024);
        config.require(hidden % heads == 0, "n_embd", "a multiple of n_head, " + heads);
        config.require(
                !config.flag("scale_attn_by_inverse_layer_idx", false),
                "scale_attn_by_inverse_layer_idx",
                "false, as scores scaled by block are not supported");
        config.require(
                !config.flag("add_cross_attention", false),
                "add_cross_attention",
                "false, as only decoders are supported");
        boolean scaled = config.flag("scale_attn_weights", true);
        return new DecoderSpec(
                hidden,
                blocks,
                config.whole("vocab_size", 1, Limits.VOCABULARY),
                positions,
                NormSpec.before(NormSpec.Kind.LAYER, config.real("layer_norm_epsilon", 0, Limits.EPSILON, 1e-5)),
                new AttentionSpec(
                        heads,
                        heads,
                        hidden / heads,
                        scaled ? 1 / Math.sqrt((double) hidden / heads) : 1,
                        Windows.everywhere(blocks, 0),
                        0,
                        AttentionSpec.QueryKeyNorm.NONE),
                new PositionSpec.Learned(0, positions),
                new FeedForwardSpec(
                        false,
                        ActivationNames.read(config, "activation_function", Activation.GELU_TANH),
                        config.whole("n_inner", 1, 4 * Limits.FEATURES, 4 * hidden)),
                false,
                EnumSet.complementOf(EnumSet.of(Role.GATE)),
                config.flag("tie_word_embeddings", true),
                1,
                0);
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        int hidden = spec.hidden();
        return new TensorNames(
                List.of("transformer.", ""),
                "",
                "wte",
                Optional.of("wpe"),
                "h.",
                Map.of(
                        BlockNorm.BEFORE_ATTENTION, "ln_1",
                        BlockNorm.BEFORE_FEED_FORWARD, "ln_2"),
                Map.of(
                        Role.Q, LinearPlace.slice("attn.c_attn", "[q]", 3 * hidden, 0, hidden, true),
                        Role.K, LinearPlace.slice("attn.c_attn", "[k]", 3 * hidden, hidden, hidden, true),
                        Role.V, LinearPlace.slice("attn.c_attn", "[v]", 3 * hidden, 2 * hidden, hidden, true),
                        Role.O, LinearPlace.transposed("attn.c_proj"),
                        Role.UP, LinearPlace.transposed("mlp.c_fc"),
                        Role.DOWN, LinearPlace.transposed("mlp.c_proj")),
                "ln_f",
                "lm_head",
                Set.of("attn.bias", "attn.masked_bias"));
    }
}
