package org.rankgrid.model.family;

import org.rankgrid.model.decoder.DecoderSpec;

/** Mistral: Llama with a sliding window, which later models leave out by a null. */
final class MistralFamily implements Family {

    private static final int ABSENT_WINDOW = 4096;

    @Override
    public String id() {
        return "mistral";
    }

    @Override
    public DecoderSpec describe(Config config) {
        boolean without = config.mentions("sliding_window") && !config.has("sliding_window");
        int window = without ? 0 : config.whole("sliding_window", 1, Limits.POSITIONS, ABSENT_WINDOW);
        return new LlamaDescription(config, 131_072)
                .windows(Windows.everywhere(Windows.blocks(config), window))
                .describe();
    }

    @Override
    public TensorNames names(DecoderSpec spec) {
        return TensorNames.llama();
    }
}
