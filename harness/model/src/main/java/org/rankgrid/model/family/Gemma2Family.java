package org.rankgrid.model.family;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.rank.Role;

/** Gemma 2: norms on both sides of a sublayer that multiply by 1 + w, scaled embeddings, soft caps, every other window. */
final class Gemma2Family implements Family {

    @Override
    public String id() {
        return "gemma2";
    }

    @Override
    public DecoderSpec describe(Config config) {
        return new LlamaDescription(config, 8192)
                .windows(windows(config))
                .biases(config.flag("attention_bias", false), Role.Q, Role.K, Role.V, Role.O)
                .absentHeadSize(256)
                .absentTied(true)
                .norms(NormSpec.Placement.BOTH, 1, 1e-6)
                .activation("hidden_activation", Activation.GELU_TANH)
                .queryScalar(config.real("query_pre_attn_scalar", 1, Limits.FEATURES, 256))
                .softCaps(cap(config, "attn_logit_softcapping", 50), cap(config, "final_logit_softcapping", 30))
                .scaledEmbedding()
                .describe();
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return TensorNames.llama()
                .withNorms(Map.of(
                        BlockNorm.BEFORE_ATTENTION, "input_layernorm",
                        BlockNorm.AFTER_ATTENTION, "post_attention_layernorm",
                        BlockNorm.BEFORE_FEED_FORWARD, "pre_feedforward_layernorm",
                        BlockNorm.AFTER_FEED_FORWARD, "post_feedforward_layernorm"));
    }

    private static List<Integer> windows(Config config) {
        int window = config.whole("sliding_window", 1, Limits.POSITIONS, 4096);
        if (config.has("layer_types")) {
            return Windows.listed(config, window);
        }
        return IntStream.range(0, Windows.blocks(config))
                .mapToObj(block -> block % 2 == 0 ? window : 0)
                .toList();
    }

    /** A null turns a cap off. */
    private static double cap(Config config, String key, double absent) {
        boolean off = config.mentions(key) && !config.has(key);
        return off ? 0 : config.real(key, 1e-3, Limits.FACTOR, absent);
    }
}
