package org.rankgrid.spi.text;

import java.nio.file.Path;
import org.rankgrid.spi.Plugin;

/** Reads one kind of tokenizer file. */
public interface TokenizerProvider extends Plugin {

    /** Whether a model (a directory in the Hugging Face layout, or a file) carries a tokenizer of this kind. */
    boolean reads(Path model);

    /**
     * Opens the model's tokenizer.
     *
     * @throws org.rankgrid.spi.InputException if it is damaged
     */
    Tokenizer open(Path model);
}
