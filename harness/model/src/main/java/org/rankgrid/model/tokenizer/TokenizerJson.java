package org.rankgrid.model.tokenizer;

import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a {@code tokenizer.json} that GGUF files of all kinds share. */
final class TokenizerJson {

    private TokenizerJson() {}

    /**
     * Added tokens, and a post-processor that puts BOS and EOS where the file wants them.
     *
     * @param addsBos whether there is a BOS where the file does not say
     */
    static ObjectNode frame(GgufVocabulary vocabulary, GgufMetadata metadata, boolean addsBos) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        json.set("added_tokens", vocabulary.addedTokensJson());
        boolean bos = metadata.flag("tokenizer.ggml.add_bos_token", addsBos);
        boolean eos = metadata.flag("tokenizer.ggml.add_eos_token", false);
        if (bos || eos) {
            ObjectNode template = json.putObject("post_processor").put("type", "TemplateProcessing");
            ArrayNode single = template.putArray("single");
            ArrayNode pair = template.putArray("pair");
            ObjectNode tokens = template.putObject("special_tokens");
            if (bos) {
                int id = required(vocabulary.bos(), "tokenizer.ggml.bos_token_id", metadata);
                special(single, tokens, vocabulary.tokens().get(id), id);
            }
            sequence(single, "A");
            if (eos) {
                int id = required(vocabulary.eos(), "tokenizer.ggml.eos_token_id", metadata);
                special(single, tokens, vocabulary.tokens().get(id), id);
            }
            // Pairs are never encoded, but the library wants a rule for them.
            sequence(pair, "A");
            sequence(pair, "B");
        }
        return json;
    }

    private static int required(OptionalInt id, String key, GgufMetadata metadata) {
        return id.orElseThrow(() -> metadata.error("a token is to be put around texts, but " + key
                + " names no token of the vocabulary, the file is damaged"));
    }

    private static void special(ArrayNode template, ObjectNode tokens, String token, int id) {
        template.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
        ObjectNode entry = tokens.putObject(token).put("id", token);
        entry.putArray("ids").add(id);
        entry.putArray("tokens").add(token);
    }

    private static void sequence(ArrayNode template, String id) {
        template.addObject().putObject("Sequence").put("id", id).put("type_id", 0);
    }
}
