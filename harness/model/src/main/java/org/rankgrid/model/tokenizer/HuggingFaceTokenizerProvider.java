package org.rankgrid.model.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.rankgrid.spi.text.Tokenizer;
import org.rankgrid.spi.text.TokenizerProvider;

/** Opens the {@code tokenizer.json} of a model in the Hugging Face layout. */
public final class HuggingFaceTokenizerProvider implements TokenizerProvider {

    @Override
    public String id() {
        return "huggingface";
    }

    @Override
    public String summary() {
        return "Reads tokenizer.json in a model's folder, with Hugging Face's own library.";
    }

    @Override
    public boolean reads(Path model) {
        return Files.isRegularFile(model.resolve("tokenizer.json"));
    }

    @Override
    public Tokenizer open(Path model) {
        return HuggingFaceTokenizer.open(model);
    }
}
