package org.rankgrid.model.family;

import java.util.Map;
import org.rankgrid.model.decoder.AttentionSpec.QueryKeyNorm;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.spi.rank.Role;

/** OLMo 2: norms after the sublayers only, and over all heads of queries and of keys. */
final class Olmo2Family implements Family {

    @Override
    public String id() {
        return "olmo2";
    }

    @Override
    public DecoderSpec describe(Config config) {
        return new LlamaDescription(config, 2048)
                .biases(config.flag("attention_bias", false), Role.Q, Role.K, Role.V, Role.O)
                .norms(NormSpec.Placement.AFTER, 0, 1e-5)
                .queryKeyNorm(QueryKeyNorm.WHOLE)
                .describe();
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return TensorNames.llama()
                .withNorms(Map.of(
                        BlockNorm.QUERY, "self_attn.q_norm",
                        BlockNorm.KEY, "self_attn.k_norm",
                        BlockNorm.AFTER_ATTENTION, "post_attention_layernorm",
                        BlockNorm.AFTER_FEED_FORWARD, "post_feedforward_layernorm"));
    }
}
