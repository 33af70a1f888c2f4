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

/** OPT: learned positions, layer norms, ReLU, biases everywhere. The variants with norms after a sublayer are refused. */
final class OptFamily implements Family {

    /** The first rows of the table of positions were for padding. */
    private static final int POSITION_OFFSET = 2;

    @Override
    public String id() {
        return "opt";
    }

    @Override
    public DecoderSpec describe(Config config) {
        int hidden = config.whole("hidden_size", 1, Limits.FEATURES);
        int heads = config.whole("num_attention_heads", 1, Limits.HEADS);
        int positions = config.whole("max_position_embeddings", 1, Limits.POSITIONS);
        config.require(hidden % heads == 0, "hidden_size", "a multiple of num_attention_heads, " + heads);
        config.require(
                config.whole("word_embed_proj_dim", 1, Limits.FEATURES, hidden) == hidden,
                "word_embed_proj_dim",
                "hidden_size, " + hidden + ", as projected embeddings are not supported");
        only(config, "do_layer_norm_before", true, "norms after a sublayer");
        only(config, "layer_norm_elementwise_affine", true, "norms without weights");
        only(config, "_remove_final_layer_norm", false, "models without a final norm");
        Set<Role> all = EnumSet.complementOf(EnumSet.of(Role.GATE));
        return new DecoderSpec(
                hidden,
                config.whole("num_hidden_layers", 1, Limits.BLOCKS),
                config.whole("vocab_size", 1, Limits.VOCABULARY),
                positions,
                NormSpec.before(NormSpec.Kind.LAYER, 1e-5),
                new AttentionSpec(
                        heads,
                        heads,
                        hidden / heads,
                        1 / Math.sqrt((double) hidden / heads),
                        Windows.none(config),
                        0,
                        AttentionSpec.QueryKeyNorm.NONE),
                new PositionSpec.Learned(POSITION_OFFSET, positions + POSITION_OFFSET),
                new FeedForwardSpec(
                        false,
                        ActivationNames.read(config, "activation_function", Activation.RELU),
                        config.whole("ffn_dim", 1, Limits.FEATURES)),
                false,
                config.flag("enable_bias", true) ? all : Set.of(),
                config.flag("tie_word_embeddings", true),
                1,
                0);
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return new TensorNames(
                List.of("model.decoder.", "decoder."),
                "model.decoder.",
                "embed_tokens",
                Optional.of("embed_positions"),
                "layers.",
                Map.of(
                        BlockNorm.BEFORE_ATTENTION, "self_attn_layer_norm",
                        BlockNorm.BEFORE_FEED_FORWARD, "final_layer_norm"),
                Map.of(
                        Role.Q, LinearPlace.whole("self_attn.q_proj"),
                        Role.K, LinearPlace.whole("self_attn.k_proj"),
                        Role.V, LinearPlace.whole("self_attn.v_proj"),
                        Role.O, LinearPlace.whole("self_attn.out_proj"),
                        Role.UP, LinearPlace.whole("fc1"),
                        Role.DOWN, LinearPlace.whole("fc2")),
                "final_layer_norm",
                "lm_head",
                Set.of());
    }

    private static void only(Config config, String key, boolean value, String unsupported) {
        config.require(config.flag(key, value) == value, key, value + ", as " + unsupported + " are not supported");
    }
}
