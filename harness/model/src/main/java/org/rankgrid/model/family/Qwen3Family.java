package org.rankgrid.model.family;

import org.rankgrid.model.decoder.AttentionSpec.QueryKeyNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.spi.rank.Role;

/** Qwen 3: Llama with a norm on each head of queries and keys. */
final class Qwen3Family implements Family {

    private static final int ABSENT_HEAD_SIZE = 128;

    @Override
    public String id() {
        return "qwen3";
    }

    @Override
    public DecoderSpec describe(Config config) {
        return new LlamaDescription(config, 32_768)
                .windows(Windows.qwen(config))
                .absentHeadSize(ABSENT_HEAD_SIZE)
                .queryKeyNorm(QueryKeyNorm.PER_HEAD)
                .biases(config.flag("attention_bias", false), Role.Q, Role.K, Role.V, Role.O)
                .describe();
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return TensorNames.llama();
    }
}
