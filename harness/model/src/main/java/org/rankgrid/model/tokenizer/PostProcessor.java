package org.rankgrid.model.tokenizer;

import org.rankgrid.spi.InputException;
import tools.jackson.databind.JsonNode;

/**
 * The part of a {@code tokenizer.json} that puts special tokens around a text, checked for what the library does not check: at
 * a template that names a token it does not define, the library ends the whole process.
 */
final class PostProcessor {

    private PostProcessor() {}

    /**
     * Checks a post-processor and those it is made of.
     *
     * @param name what messages call the file
     * @throws InputException if a template names a token that it does not define
     */
    static void check(String name, JsonNode processor) {
        processor.path("processors").values().forEach(part -> check(name, part));
        JsonNode defined = processor.path("special_tokens");
        for (String template : new String[] {"single", "pair"}) {
            for (JsonNode piece : processor.path(template).values()) {
                String token = piece.path("SpecialToken").path("id").asString("");
                if (!token.isEmpty() && !defined.has(token)) {
                    throw new InputException(name + ": the post_processor puts the token '" + token
                            + "' around texts but does not define it in special_tokens, get the file again.");
                }
            }
        }
    }
}
