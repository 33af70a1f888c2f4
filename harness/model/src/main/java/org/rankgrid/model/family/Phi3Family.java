package org.rankgrid.model.family;

import java.util.Map;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.NormSpec;
import org.rankgrid.spi.rank.Role;

/** Phi 3: Llama with queries, keys and values in one tensor, gate and up in another. Long-rope models are refused. */
final class Phi3Family implements Family {

    private static final String ATTENTION = "self_attn.qkv_proj";
    private static final String FEED_FORWARD = "mlp.gate_up_proj";

    @Override
    public String id() {
        return "phi3";
    }

    @Override
    public DecoderSpec describe(Config config) {
        int window = config.whole("sliding_window", 1, Limits.POSITIONS, 0);
        return new LlamaDescription(config, 4096)
                .windows(Windows.everywhere(Windows.blocks(config), window))
                .norms(NormSpec.Placement.BEFORE, 0, 1e-5)
                .describe();
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        int q = spec.rows(Role.Q);
        int k = spec.rows(Role.K);
        int inner = spec.feedForward().inner();
        int fused = q + 2 * k;
        return TensorNames.llama()
                .withLinears(Map.of(
                        Role.Q, LinearPlace.slice(ATTENTION, "[q]", fused, 0, q, false),
                        Role.K, LinearPlace.slice(ATTENTION, "[k]", fused, q, k, false),
                        Role.V, LinearPlace.slice(ATTENTION, "[v]", fused, q + k, k, false),
                        Role.GATE, LinearPlace.slice(FEED_FORWARD, "[gate]", 2 * inner, 0, inner, false),
                        Role.UP, LinearPlace.slice(FEED_FORWARD, "[up]", 2 * inner, inner, inner, false)));
    }
}
