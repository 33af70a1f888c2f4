package org.rankgrid.model.family;

import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.spi.rank.Role;

/** Qwen 2 and 2.5: Llama with biases on queries, keys and values. */
final class Qwen2Family implements Family {

    @Override
    public String id() {
        return "qwen2";
    }

    @Override
    public DecoderSpec describe(Config config) {
        return new LlamaDescription(config, 32_768)
                .windows(Windows.qwen(config))
                .biases(true, Role.Q, Role.K, Role.V)
                .describe();
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return TensorNames.llama();
    }
}
