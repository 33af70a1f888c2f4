package org.rankgrid.model.tokenizer;

/** Tokenizers of a few words, written by hand. */
final class TinyTokenizers {

    private TinyTokenizers() {}

    /** Words split at blanks: {@code <s>} 0, {@code </s>} 1, {@code a} 2, {@code b} 3, {@code ?} 4 for all others. */
    static String words() {
        return words("null", "null", "null");
    }

    /** The same with a rule for cutting, one for filling up and one for what is put around a text, as JSON. */
    static String words(String truncation, String padding, String postProcessor) {
        return """
            {"version": "1.0", "truncation": %s, "padding": %s,
             "added_tokens": [
               {"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
               {"id": 1, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
             "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": %s, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"<s>": 0, "</s>": 1, "a": 2, "b": 3, "?": 4}, "unk_token": "?"}}
            """.formatted(truncation, padding, postProcessor);
    }

    /** A rule that puts {@code <s>} in front, with the id given. */
    static String bosInFront(int id) {
        return """
            {"type": "TemplateProcessing",
             "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
             "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
             "special_tokens": {"<s>": {"id": "<s>", "ids": [%d], "tokens": ["<s>"]}}}
            """.formatted(id);
    }
}
