package org.rankgrid.model.tokenizer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a text is split before byte-level BPE: the regular expressions of llama.cpp (src/llama-vocab.cpp) by the name in
 * {@code tokenizer.ggml.pre}, applied one after the other, each to what the ones before left in one piece.
 *
 * @param names the names of it
 * @param composes whether characters are composed first (NFC): llama.cpp leaves this out, the models' own tokenizers do it
 * @param ignoresMerges whether a piece that is a token as a whole is taken without looking at the merges
 * @param addsBos whether a BOS is put in front where the file does not say
 * @param expressions the regular expressions, in order
 */
record GgufPreTokenizer(
        List<String> names, boolean composes, boolean ignoresMerges, boolean addsBos, List<String> expressions) {

    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private static final List<GgufPreTokenizer> KNOWN = List.of(
            plain(List.of("gpt-2", "phi-2", "mpt", "olmo", "jais"), GPT2),
            plain(List.of("smollm", "starcoder", "refact", "command-r", "codeshell"), "\\p{N}", GPT2),
            plain(List.of("default"), "[\\p{P}\\$\\+<=>\\^~\\|]+", GPT2, "\\p{N}+", "[0-9][0-9][0-9]"),
            plain(List.of("dbrx", "smaug-bpe"), digitsInGroupsOf("{1,3}")),
            new GgufPreTokenizer(
                    List.of("llama-bpe", "llama3", "llama-v3", "falcon3"),
                    false,
                    true,
                    true,
                    List.of(digitsInGroupsOf("{1,3}"))),
            new GgufPreTokenizer(
                    List.of("qwen2", "deepseek-r1-qwen"), true, false, false, List.of(digitsInGroupsOf(""))));

    /**
     * The one that a file names. A file that names none comes from a converter that was too old to know; llama.cpp then goes on
     * with a guess and warns of it, which would be a silent error here.
     */
    static GgufPreTokenizer of(GgufMetadata metadata) {
        String name = metadata.text("tokenizer.ggml.pre");
        return KNOWN.stream()
                .filter(candidate -> candidate.names.contains(name))
                .findFirst()
                .orElseThrow(() -> metadata.error("tokenizer.ggml.pre is '" + name + "', expected one of "
                        + KNOWN.stream().flatMap(known -> known.names.stream()).collect(Collectors.joining(", "))
                        + ", use the model in the Hugging Face layout instead"));
    }

    private static GgufPreTokenizer plain(List<String> names, String... expressions) {
        return new GgufPreTokenizer(names, false, false, false, List.of(expressions));
    }

    private static String digitsInGroupsOf(String count) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}" + count
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }
}
