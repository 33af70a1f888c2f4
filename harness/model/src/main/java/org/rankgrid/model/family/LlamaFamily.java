package org.rankgrid.model.family;

import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.spi.rank.Role;

/** Llama 1 to 3, and the many models that use its configuration. */
final class LlamaFamily implements Family {

    @Override
    public String id() {
        return "llama";
    }

    @Override
    public DecoderSpec describe(Config config) {
        return new LlamaDescription(config, 2048)
                .biases(config.flag("attention_bias", false), Role.Q, Role.K, Role.V, Role.O)
                .biases(config.flag("mlp_bias", false), Role.GATE, Role.UP, Role.DOWN)
                .describe();
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return TensorNames.llama();
    }
}
