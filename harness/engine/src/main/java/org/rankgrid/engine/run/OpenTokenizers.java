package org.rankgrid.engine.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.text.Tokenizer;
import org.rankgrid.spi.text.TokenizerProvider;

/**
 * The tokenizers of models, each opened when it is first asked for and then kept: reading a vocabulary of fifty thousand tokens
 * takes half a second, and a model is opened to know its identity and again to run it. Safe for several threads.
 */
public final class OpenTokenizers {

    private final PluginSet<TokenizerProvider> providers;
    private final Map<Path, Tokenizer> open = new HashMap<>();

    /** None is open yet. */
    public OpenTokenizers(PluginSet<TokenizerProvider> providers) {
        this.providers = providers;
    }

    /**
     * The tokenizer of a model.
     *
     * @param model what people call it
     * @param path where it is
     * @throws InputException if no provider reads it, or it is damaged
     */
    synchronized Tokenizer of(String model, Path path) {
        Path key = path.toAbsolutePath().normalize();
        Tokenizer tokenizer = open.get(key);
        if (tokenizer == null) {
            tokenizer = provider(model, path).open(path);
            open.put(key, tokenizer);
        }
        return tokenizer;
    }

    private TokenizerProvider provider(String model, Path path) {
        List<TokenizerProvider> reading = providers.all().stream()
                .map(discovered -> discovered.plugin())
                .filter(provider -> provider.reads(path))
                .toList();
        if (reading.isEmpty()) {
            throw new InputException("model " + model + ": none of the tokenizers ("
                    + String.join(", ", providers.ids()) + ") reads " + path
                    + ": a folder needs a tokenizer.json, a .gguf file its vocabulary");
        }
        return reading.getFirst();
    }
}
