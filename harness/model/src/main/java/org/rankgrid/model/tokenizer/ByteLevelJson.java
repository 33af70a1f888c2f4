package org.rankgrid.model.tokenizer;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code tokenizer.json} of a GGUF file with byte-level BPE. */
final class ByteLevelJson {

    private ByteLevelJson() {}

    static String of(GgufVocabulary vocabulary, GgufPreTokenizer preTokenizer, GgufMetadata metadata) {
        ObjectNode json = TokenizerJson.frame(vocabulary, metadata, preTokenizer.addsBos());
        if (preTokenizer.composes()) {
            json.putObject("normalizer").put("type", "NFC");
        }
        ArrayNode splits =
                json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        for (String expression : preTokenizer.expressions()) {
            ObjectNode split = splits.addObject().put("type", "Split");
            split.putObject("pattern").put("Regex", expression);
            split.put("behavior", "Isolated").put("invert", false);
        }
        splits.add(byteLevel());
        json.set("decoder", byteLevel());
        ObjectNode model = json.putObject("model").put("type", "BPE");
        model.put("ignore_merges", preTokenizer.ignoresMerges());
        model.set("vocab", vocabulary.vocabularyJson());
        model.set("merges", merges(metadata));
        return json.toString();
    }

    private static ObjectNode byteLevel() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    private static ArrayNode merges(GgufMetadata metadata) {
        List<String> merges = metadata.texts("tokenizer.ggml.merges");
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int rank = 0; rank < merges.size(); rank++) {
            String merge = merges.get(rank);
            int space = merge.indexOf(' ', 1);
            if (space < 0) {
                throw metadata.error("merge " + rank + " of tokenizer.ggml.merges is '" + merge
                        + "', expected two tokens with a space between them, the file is damaged");
            }
            json.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
        }
        return json;
    }
}
