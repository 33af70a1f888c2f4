package org.rankgrid.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the regular expressions split, seen through a vocabulary in which every part of the text is a token and all parts can
 * be merged: each piece of the split then is one token.
 */
class GgufPreTokenizerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "gpt-2; it's 1234!n; it|'s| 1234|!|n",
                "gpt-2; IT'S  a; IT|'|S| | a",
                "gpt-2; !!nnx; !!|n|n|x",
                "smollm; it's 1234; it|'s| |1|2|3|4",
                "smollm; a  7; a|  |7",
                "qwen2; IT'S 123; IT|'S| |1|2|3",
                "qwen2; !!nnx; !!nn|x",
                "qwen2; (ab  cd; (ab| | cd",
                "llama-bpe; IT'S 12345; IT|'S| |123|45",
                "llama-bpe; a nn b; a| nn| b",
                "dbrx; x12345 y; x|123|45| y",
                "default; a+b 12345; a|+|b| |123|45",
                "default; hi, you; hi|,| you",
            })
    void textsAreSplitWhereLlamaCppSplitsThem(String name, String written, String expected) {
        // In this table n stands for a line feed.
        String text = written.replace('n', '\n');
        assertThat(pieces(name, text))
                .containsExactly(expected.replace('n', '\n').split("\\|"));
    }

    @ParameterizedTest
    @CsvSource({"qwen2, true", "llama-bpe, false", "gpt-2, false"})
    void onlyQwenComposesCharacters(String name, boolean composes) {
        String decomposed = "e\u0301";
        assertThat(String.join("", pieces(name, decomposed))).isEqualTo(composes ? "\u00e9" : decomposed);
    }

    private static List<String> pieces(String name, String text) {
        HuggingFaceTokenizer tokenizer = GgufTokenizers.of("x.gguf", gluing(name, byteLevel(text)));
        return Arrays.stream(tokenizer.encode(text, false))
                .mapToObj(id -> tokenizer.decode(new int[] {id}))
                .toList();
    }

    private static Map<String, Object> gluing(String name, String text) {
        Set<String> tokens = new LinkedHashSet<>();
        byteLevel("\u00e9").chars().forEach(c -> tokens.add(Character.toString(c)));
        List<String> merges = new ArrayList<>();
        merges.add(byteLevel("\u00e9").charAt(0) + " " + byteLevel("\u00e9").charAt(1));
        tokens.add(byteLevel("\u00e9"));
        for (int length = 1; length <= text.length(); length++) {
            for (int start = 0; start + length <= text.length(); start++) {
                String part = text.substring(start, start + length);
                if (tokens.add(part)) {
                    for (int cut = 1; cut < length; cut++) {
                        merges.add(part.substring(0, cut) + " " + part.substring(cut));
                    }
                }
            }
        }
        long[] kinds = new long[tokens.size()];
        Arrays.fill(kinds, 1);
        return Map.of(
                "tokenizer.ggml.model",
                "gpt2",
                "tokenizer.ggml.pre",
                name,
                "tokenizer.ggml.add_bos_token",
                false,
                "tokenizer.ggml.tokens",
                List.copyOf(tokens),
                "tokenizer.ggml.token_type",
                kinds,
                "tokenizer.ggml.merges",
                merges);
    }

    /** GPT-2's visible characters for bytes: those that are visible stand for themselves, the others from U+0100 on. */
    private static String byteLevel(String text) {
        StringBuilder visible = new StringBuilder();
        for (byte signed : text.getBytes(StandardCharsets.UTF_8)) {
            int value = signed & 0xff;
            int hidden = 0;
            for (int b = 0; b < value; b++) {
                hidden += isVisible(b) ? 0 : 1;
            }
            visible.appendCodePoint(isVisible(value) ? value : 0x100 + hidden);
        }
        return visible.toString();
    }

    private static boolean isVisible(int b) {
        return (b > 32 && b < 127) || (b > 160 && b < 256 && b != 173);
    }
}
