package org.rankgrid.model.tokenizer;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens of a GGUF file.
 *
 * @param tokens the tokens; the place of one is its id
 * @param kinds their kinds
 * @param bos beginning of text
 * @param eos end of text
 */
record GgufVocabulary(List<String> tokens, List<Kind> kinds, OptionalInt bos, OptionalInt eos) {

    /** What a token is, in the order of llama.cpp's numbers from 1. */
    enum Kind {
        NORMAL,
        UNKNOWN,
        CONTROL,
        USER_DEFINED,
        UNUSED,
        BYTE
    }

    static GgufVocabulary read(GgufMetadata metadata) {
        List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
        long[] numbers = metadata.wholes("tokenizer.ggml.token_type");
        if (tokens.isEmpty() || numbers.length != tokens.size()) {
            throw metadata.error("there are " + tokens.size() + " tokens but " + numbers.length
                    + " tokenizer.ggml.token_type, the file is damaged");
        }
        Kind[] kinds = new Kind[numbers.length];
        for (int id = 0; id < kinds.length; id++) {
            if (numbers[id] < 1 || numbers[id] > Kind.values().length) {
                throw metadata.error("the token " + id + " is of type " + numbers[id] + ", expected 1 to "
                        + Kind.values().length + ", the file is damaged");
            }
            kinds[id] = Kind.values()[(int) numbers[id] - 1];
        }
        return new GgufVocabulary(
                tokens,
                List.of(kinds),
                metadata.id("tokenizer.ggml.bos_token_id", tokens.size()),
                metadata.id("tokenizer.ggml.eos_token_id", tokens.size()));
    }

    /** Ids by token; of equal tokens the last one counts, as in llama.cpp. */
    ObjectNode vocabularyJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int id = 0; id < tokens.size(); id++) {
            json.put(tokens.get(id), id);
        }
        return json;
    }

    /** The tokens that are cut out of a text before anything else: special ones, and those a person defined. */
    ArrayNode addedTokensJson() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int id = 0; id < tokens.size(); id++) {
            Kind kind = kinds.get(id);
            if (kind == Kind.CONTROL || kind == Kind.UNKNOWN || kind == Kind.USER_DEFINED) {
                json.addObject()
                        .put("id", id)
                        .put("content", tokens.get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", kind != Kind.USER_DEFINED);
            }
        }
        return json;
    }
}
