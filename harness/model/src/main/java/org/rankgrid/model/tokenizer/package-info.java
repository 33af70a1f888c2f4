/** Tokenizers of a model: Hugging Face's {@code tokenizer.json}, and the vocabulary inside a GGUF file. */
@NullMarked
package org.rankgrid.model.tokenizer;

import org.jspecify.annotations.NullMarked;
