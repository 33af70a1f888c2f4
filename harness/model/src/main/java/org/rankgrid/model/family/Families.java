package org.rankgrid.model.family;

import java.util.List;

/** The families that are known. */
public final class Families {

    /** All of them; a new family is a class and a line here. */
    public static final List<Family> ALL = List.of(
            new LlamaFamily(),
            new MistralFamily(),
            new Qwen2Family(),
            new Qwen3Family(),
            new OptFamily(),
            new Gpt2Family(),
            new GptNeoxFamily(),
            new Gemma2Family(),
            new Phi3Family(),
            new Olmo2Family());

    private Families() {}

    /**
     * The family of a model.
     *
     * @param config its {@code config.json}
     * @throws org.rankgrid.spi.InputException if it names none, or one that is not known
     */
    public static Family of(Config config) {
        return config.choice("model_type", ALL, Family::id);
    }
}
