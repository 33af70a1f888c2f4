package org.rankgrid.model.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code tokenizer.json} of a GGUF file with SentencePiece's BPE. SentencePiece merges the neighbours whose union has the
 * best score; a merge's rank is therefore its union's rank by score, and every way to cut a token in two tokens is a merge.
 */
final class SentencePieceJson {

    /** What stands for a space. */
    private static final String MARK = "\u2581";

    private SentencePieceJson() {}

    static String of(GgufVocabulary vocabulary, GgufMetadata metadata) {
        boolean prefix = metadata.flag("tokenizer.ggml.add_space_prefix", true);
        ObjectNode json = TokenizerJson.frame(vocabulary, metadata, true);
        ArrayNode normalizers =
                json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (prefix) {
            normalizers.addObject().put("type", "Prepend").put("prepend", MARK);
        }
        replace(normalizers, " ", MARK);
        ArrayNode decoders = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
        replace(decoders, MARK, " ");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        if (prefix) {
            decoders.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        ObjectNode model = json.putObject("model").put("type", "BPE");
        metadata.id("tokenizer.ggml.unknown_token_id", vocabulary.tokens().size())
                .ifPresent(id -> model.put("unk_token", vocabulary.tokens().get(id)));
        model.put("fuse_unk", true);
        model.put("byte_fallback", vocabulary.kinds().contains(GgufVocabulary.Kind.BYTE));
        model.set("vocab", vocabulary.vocabularyJson());
        model.set("merges", merges(vocabulary, metadata));
        return json.toString();
    }

    private static void replace(ArrayNode steps, String from, String to) {
        ObjectNode step = steps.addObject().put("type", "Replace");
        step.putObject("pattern").put("String", from);
        step.put("content", to);
    }

    private static ArrayNode merges(GgufVocabulary vocabulary, GgufMetadata metadata) {
        double[] scores = metadata.reals("tokenizer.ggml.scores");
        List<String> tokens = vocabulary.tokens();
        if (scores.length != tokens.size()) {
            throw metadata.error("there are " + tokens.size() + " tokens but " + scores.length
                    + " tokenizer.ggml.scores, the file is damaged");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < scores.length; id++) {
            if (Double.isNaN(scores[id])) {
                throw metadata.error("the score of token " + id + " is not a number, the file is damaged");
            }
            if (merges(vocabulary.kinds().get(id))) {
                ids.put(tokens.get(id), id);
            }
        }
        List<Merge> merges = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            String token = entry.getKey();
            for (int cut = token.offsetByCodePoints(0, token.isEmpty() ? 0 : 1);
                    cut < token.length();
                    cut = token.offsetByCodePoints(cut, 1)) {
                Integer left = ids.get(token.substring(0, cut));
                Integer right = ids.get(token.substring(cut));
                if (left != null && right != null) {
                    merges.add(new Merge(left, right, entry.getValue(), scores[entry.getValue()]));
                }
            }
        }
        merges.sort(Merge.BEST_FIRST);
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        merges.forEach(merge -> json.addArray().add(tokens.get(merge.left)).add(tokens.get(merge.right)));
        return json;
    }

    /** Whether a token can be part of a merge: the others never come about by merging. */
    private static boolean merges(GgufVocabulary.Kind kind) {
        return kind == GgufVocabulary.Kind.NORMAL || kind == GgufVocabulary.Kind.USER_DEFINED;
    }

    private record Merge(int left, int right, int union, double score) {

        private static final Comparator<Merge> BEST_FIRST = Comparator.comparingDouble(Merge::score)
                .reversed()
                .thenComparingInt(Merge::union)
                .thenComparingInt(Merge::left)
                .thenComparingInt(Merge::right);
    }
}
