package org.rankgrid.model.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.rankgrid.spi.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens a model expects around a text.
 *
 * @param bos beginning of text
 * @param eos end of text
 * @param addBos whether a BOS is put in front; empty where the tokenizer itself decides
 */
record SpecialTokens(OptionalInt bos, OptionalInt eos, Optional<Boolean> addBos) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * Reads the files beside a {@code tokenizer.json}, as transformers does: {@code tokenizer_config.json} says what the tokens
     * are, else {@code special_tokens_map.json}, else {@code config.json} by id.
     *
     * @param folder the model's folder
     * @param file the vocabulary, to turn tokens into ids
     * @throws InputException if one of the files is not JSON
     */
    static SpecialTokens read(Path folder, TokenizerFile file) {
        JsonNode tokenizer = object(folder.resolve("tokenizer_config.json"));
        List<JsonNode> named = List.of(tokenizer, object(folder.resolve("special_tokens_map.json")));
        JsonNode model = object(folder.resolve("config.json"));
        JsonNode addBos = tokenizer.path("add_bos_token");
        return new SpecialTokens(
                find("bos_token", named, model, file),
                find("eos_token", named, model, file),
                addBos.isBoolean() ? Optional.of(addBos.booleanValue()) : Optional.empty());
    }

    private static OptionalInt find(String key, List<JsonNode> named, JsonNode model, TokenizerFile file) {
        for (JsonNode source : named) {
            JsonNode token = source.path(key);
            if (token.isNull()) {
                // Said to have none, whatever the model's own configuration holds (Qwen does so).
                return OptionalInt.empty();
            }
            JsonNode content = token.isObject() ? token.path("content") : token;
            if (content.isString()) {
                return file.id(content.stringValue());
            }
        }
        JsonNode id = model.path(key + "_id");
        JsonNode first = id.isArray() ? id.path(0) : id;
        return first.isInt() && first.intValue() >= 0 && first.intValue() < file.size()
                ? OptionalInt.of(first.intValue())
                : OptionalInt.empty();
    }

    /** A JSON object in a file; an empty one if there is no such file. */
    private static JsonNode object(Path file) {
        if (!Files.isRegularFile(file)) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode node = MAPPER.readTree(TextFile.read(file));
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new InputException(file + " is not JSON (" + e.getOriginalMessage() + "), get the file again.", e);
        }
        throw new InputException(file + " is not a JSON object, get the file again.");
    }
}
