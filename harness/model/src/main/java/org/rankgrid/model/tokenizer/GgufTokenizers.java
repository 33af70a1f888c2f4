package org.rankgrid.model.tokenizer;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.rankgrid.model.weights.GgufFile;
import org.rankgrid.spi.InputException;

/**
 * Tokenizers inside GGUF files: the vocabulary is turned into an equal {@code tokenizer.json}, so that one library makes all
 * ids. Byte-level BPE ({@code gpt2}) and SentencePiece's BPE ({@code llama}) are known.
 */
public final class GgufTokenizers {

    private GgufTokenizers() {}

    /**
     * Opens the tokenizer of a GGUF file.
     *
     * @throws InputException if the file is damaged, or its tokenizer is of an unknown kind
     */
    public static HuggingFaceTokenizer open(Path file) {
        try (GgufFile gguf = GgufFile.open(file)) {
            return of(file.toString(), gguf.metadata());
        }
    }

    /**
     * Makes a tokenizer of a GGUF file's metadata.
     *
     * @param name what messages call the file
     * @param metadata values by key, as {@link GgufFile#metadata} gives them
     * @throws InputException if the vocabulary is damaged or of an unknown kind
     */
    public static HuggingFaceTokenizer of(String name, Map<String, Object> metadata) {
        GgufMetadata values = new GgufMetadata(name, metadata);
        GgufVocabulary vocabulary = GgufVocabulary.read(values);
        String json = switch (values.text("tokenizer.ggml.model")) {
            case "gpt2" -> ByteLevelJson.of(vocabulary, GgufPreTokenizer.of(values), values);
            case "llama" -> SentencePieceJson.of(vocabulary, values);
            case String other ->
                throw values.error("tokenizer.ggml.model is '" + other
                        + "', expected gpt2 or llama, use the model in the Hugging Face layout instead");
        };
        // The post-processor in the JSON already puts the BOS where it belongs.
        SpecialTokens special = new SpecialTokens(vocabulary.bos(), vocabulary.eos(), Optional.empty());
        return HuggingFaceTokenizer.of(name, json, vocabulary.tokens().size(), special);
    }
}
