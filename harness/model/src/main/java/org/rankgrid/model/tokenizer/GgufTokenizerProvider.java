package org.rankgrid.model.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.rankgrid.spi.text.Tokenizer;
import org.rankgrid.spi.text.TokenizerProvider;

/** Opens the tokenizer inside a GGUF file. */
public final class GgufTokenizerProvider implements TokenizerProvider {

    @Override
    public String id() {
        return "gguf";
    }

    @Override
    public String summary() {
        return "Reads the vocabulary inside a .gguf file: byte-level BPE and SentencePiece BPE.";
    }

    @Override
    public boolean reads(Path model) {
        return model.toString().endsWith(".gguf") && Files.isRegularFile(model);
    }

    @Override
    public Tokenizer open(Path model) {
        return GgufTokenizers.open(model);
    }
}
