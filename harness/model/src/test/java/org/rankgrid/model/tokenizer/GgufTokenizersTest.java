package org.rankgrid.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.data.Environment;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.data.model.ModelStore;
import org.rankgrid.spi.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GgufTokenizersTest {

    private static final long NORMAL = 1;
    private static final long UNKNOWN = 2;
    private static final long CONTROL = 3;
    private static final long USER_DEFINED = 4;
    private static final long BYTE = 6;

    @TempDir
    private Path folder;

    @Test
    void theGoldenStringsHaveTheIdsOfSmolLm2() {
        HuggingFaceTokenizer tokenizer = GgufTokenizers.of("smollm2.gguf", smolLm2());
        JsonNode cases = json("smollm2-golden.json").get("cases");
        assertThat(cases.size()).isEqualTo(30);
        for (JsonNode golden : cases) {
            int[] ids =
                    golden.get("ids").valueStream().mapToInt(JsonNode::intValue).toArray();
            String text = golden.get("text").stringValue();
            assertThat(tokenizer.encode(text, true)).as(text).containsExactly(ids);
            if (Arrays.stream(ids).allMatch(id -> id > 16)) {
                assertThat(tokenizer.decode(ids)).isEqualTo(text);
            }
        }
        assertThat(tokenizer.addsBos()).isFalse();
        assertThat(tokenizer.bos()).hasValue(1);
        assertThat(tokenizer.eos()).hasValue(2);
        assertThat(tokenizer.vocabularySize()).isEqualTo(49_152);
    }

    @Test
    void addBosTokenAndAddEosTokenAreFollowed() {
        Map<String, Object> metadata = with(small(), "tokenizer.ggml.add_bos_token", true);
        HuggingFaceTokenizer both = GgufTokenizers.of("x.gguf", with(metadata, "tokenizer.ggml.add_eos_token", true));
        assertThat(both.addsBos()).isTrue();
        assertThat(both.encode("abb", true)).containsExactly(0, 4, 3, 1);
        assertThat(both.encode("abb", false)).containsExactly(4, 3);
        HuggingFaceTokenizer bos = GgufTokenizers.of("x.gguf", metadata);
        assertThat(bos.encode("", true)).containsExactly(0);
        metadata.remove("tokenizer.ggml.add_bos_token");
        assertThat(GgufTokenizers.of("x.gguf", metadata).addsBos()).isFalse();
        metadata.put("tokenizer.ggml.pre", "llama-bpe");
        assertThat(GgufTokenizers.of("x.gguf", metadata).addsBos()).isTrue();
    }

    @Test
    void llamaBpeTakesAWholeTokenWithoutLookingAtMerges() {
        Map<String, Object> metadata = with(small(), "tokenizer.ggml.merges", List.of());
        assertThat(GgufTokenizers.of("x.gguf", metadata).encode("ab", false)).containsExactly(2, 3);
        metadata.put("tokenizer.ggml.pre", "llama-bpe");
        assertThat(GgufTokenizers.of("x.gguf", metadata).encode("ab", false)).containsExactly(4);
    }

    @Test
    void userDefinedTokensAreCutOutOfATextButAreNotSpecial() {
        HuggingFaceTokenizer tokenizer = GgufTokenizers.of("x.gguf", small());
        int[] ids = tokenizer.encode("a<s>b[b]a", false);
        assertThat(ids).containsExactly(2, 0, 3, 5, 2);
        assertThat(tokenizer.decode(ids)).isEqualTo("ab[b]a");
    }

    /** The pieces and scores of stories260K as its author published them, against the merges of its tokenizer.json. */
    @Test
    void scoresOfSentencePieceGiveTheSameIdsAsItsMerges() {
        HuggingFaceTokenizer fromScores = GgufTokenizers.of("stories.gguf", stories());
        ModelStore store = new ModelStore(folder, folder, new Environment(Map.of(), folder, "Linux"));
        HuggingFaceTokenizer fromMerges = HuggingFaceTokenizer.open(store.resolve("stories260k"));
        String stories = new CorpusLibrary(Optional.empty(), folder).joined("tinystories");
        assertThat(fromScores.encode(stories, true)).isEqualTo(fromMerges.encode(stories, true));
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            String text = Stories260kTokenizerTest.randomText(random) + (i % 2 == 0 ? "<s> and </s>" : "");
            int[] ids = fromScores.encode(text, true);
            assertThat(ids).isEqualTo(fromMerges.encode(text, true));
            assertThat(fromScores.decode(ids)).isEqualTo(fromMerges.decode(ids));
        }
        assertThat(fromScores.addsBos()).isTrue();
        assertThat(fromScores.bos()).hasValue(1);
        assertThat(fromScores.vocabularySize()).isEqualTo(512);
    }

    @Test
    void withoutASpacePrefixNoneIsAdded() {
        HuggingFaceTokenizer tokenizer =
                GgufTokenizers.of("x.gguf", with(stories(), "tokenizer.ggml.add_space_prefix", false));
        HuggingFaceTokenizer prefixing = GgufTokenizers.of("x.gguf", stories());
        assertThat(tokenizer.encode(" x y", false)).isEqualTo(prefixing.encode("x y", false));
        assertThat(tokenizer.encode("x y", false)).isNotEqualTo(prefixing.encode("x y", false));
        assertThat(tokenizer.decode(tokenizer.encode(" x", false))).isEqualTo(" x");
    }

    @Test
    void unknownKindsAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> GgufTokenizers.of("x.gguf", with(small(), "tokenizer.ggml.model", "bert")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("x.gguf: tokenizer.ggml.model is 'bert', expected gpt2 or llama");
        assertThatThrownBy(() -> GgufTokenizers.of("x.gguf", with(small(), "tokenizer.ggml.pre", "tekken")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("x.gguf: tokenizer.ggml.pre is 'tekken', expected one of gpt-2,")
                .hasMessageContaining("smollm")
                .hasMessageContaining("qwen2")
                .hasMessageContaining("llama-bpe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokenizer.ggml.model",
                "tokenizer.ggml.pre",
                "tokenizer.ggml.tokens",
                "tokenizer.ggml.token_type",
                "tokenizer.ggml.merges",
            })
    void aKeyThatIsMissingOrOfAnotherTypeIsNamed(String key) {
        Map<String, Object> without = small();
        without.remove(key);
        assertThatThrownBy(() -> GgufTokenizers.of("x.gguf", without))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("x.gguf: there is no " + key);
        assertThatThrownBy(() -> GgufTokenizers.of("x.gguf", with(small(), key, 3L)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("x.gguf: " + key + " should be a");
    }

    @Test
    void damagedVocabulariesAreRefused() {
        assertRefused(with(small(), "tokenizer.ggml.token_type", new long[] {1}), "6 tokens but 1");
        assertRefused(with(small(), "tokenizer.ggml.tokens", List.of()), "0 tokens");
        assertRefused(with(small(), "tokenizer.ggml.tokens", List.of(1L)), "should be a list of texts");
        assertRefused(
                with(small(), "tokenizer.ggml.merges", List.of("ab")), "merge 0 of tokenizer.ggml.merges is 'ab'");
        assertRefused(
                with(small(), "tokenizer.ggml.merges", List.of("nothing here")), "is not a tokenizer that can be read");
        assertRefused(
                with(stories(), "tokenizer.ggml.scores", new double[] {1}), "512 tokens but 1 tokenizer.ggml.scores");
        double[] scores = new double[512];
        scores[300] = Double.NaN;
        assertRefused(with(stories(), "tokenizer.ggml.scores", scores), "the score of token 300 is not a number");
        long[] kinds = new long[512];
        Arrays.fill(kinds, 7);
        assertRefused(with(stories(), "tokenizer.ggml.token_type", kinds), "the token 0 is of type 7, expected 1 to 6");
        assertRefused(
                with(stories(), "tokenizer.ggml.bos_token_id", 512L), "tokenizer.ggml.bos_token_id names no token");
    }

    private static void assertRefused(Map<String, Object> metadata, String sentence) {
        assertThatThrownBy(() -> GgufTokenizers.of("x.gguf", metadata))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("x.gguf")
                .hasMessageContaining(sentence);
    }

    private static Map<String, Object> with(Map<String, Object> metadata, String key, Object value) {
        Map<String, Object> changed = new HashMap<>(metadata);
        changed.put(key, value);
        return changed;
    }

    /** A byte-level vocabulary of two letters. */
    private static Map<String, Object> small() {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("tokenizer.ggml.model", "gpt2");
        metadata.put("tokenizer.ggml.pre", "gpt-2");
        metadata.put("tokenizer.ggml.tokens", List.of("<s>", "</s>", "a", "b", "ab", "[b]"));
        metadata.put("tokenizer.ggml.token_type", new long[] {CONTROL, CONTROL, NORMAL, NORMAL, NORMAL, USER_DEFINED});
        metadata.put("tokenizer.ggml.merges", List.of("a b"));
        metadata.put("tokenizer.ggml.bos_token_id", 0L);
        metadata.put("tokenizer.ggml.eos_token_id", 1L);
        return metadata;
    }

    /** What the golden strings use of SmolLM2's vocabulary, at its own ids, and the rest filled up. */
    private static Map<String, Object> smolLm2() {
        JsonNode reduced = json("smollm2-vocabulary.json");
        int size = reduced.get("size").intValue();
        List<String> tokens = new ArrayList<>();
        long[] kinds = new long[size];
        for (int id = 0; id < size; id++) {
            JsonNode token = reduced.get("tokens").path(String.valueOf(id));
            tokens.add(token.isString() ? token.stringValue() : "unused-" + id);
            kinds[id] = id < reduced.get("special").intValue() ? CONTROL : NORMAL;
        }
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("tokenizer.ggml.model", "gpt2");
        metadata.put("tokenizer.ggml.pre", "smollm");
        metadata.put("tokenizer.ggml.tokens", tokens);
        metadata.put("tokenizer.ggml.token_type", kinds);
        metadata.put(
                "tokenizer.ggml.merges",
                reduced.get("merges").valueStream().map(JsonNode::stringValue).toList());
        metadata.put("tokenizer.ggml.bos_token_id", 1L);
        metadata.put("tokenizer.ggml.eos_token_id", 2L);
        metadata.put("tokenizer.ggml.add_bos_token", false);
        return metadata;
    }

    /** llama2.c's tok512.bin: the longest piece, then score, length and bytes of each. */
    private static Map<String, Object> stories() {
        ByteBuffer file = ByteBuffer.wrap(bytes("tok512.bin")).order(ByteOrder.LITTLE_ENDIAN);
        file.getInt();
        List<String> tokens = new ArrayList<>();
        double[] scores = new double[512];
        long[] kinds = new long[512];
        for (int id = 0; id < 512; id++) {
            scores[id] = file.getFloat();
            byte[] piece = new byte[file.getInt()];
            file.get(piece);
            String text = new String(piece, StandardCharsets.UTF_8).replace(' ', '\u2581');
            tokens.add(id < 3 ? text.strip() : text);
            kinds[id] = id == 0 ? UNKNOWN : id < 3 ? CONTROL : id < 259 ? BYTE : NORMAL;
        }
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("tokenizer.ggml.model", "llama");
        metadata.put("tokenizer.ggml.tokens", tokens);
        metadata.put("tokenizer.ggml.scores", scores);
        metadata.put("tokenizer.ggml.token_type", kinds);
        metadata.put("tokenizer.ggml.unknown_token_id", 0L);
        metadata.put("tokenizer.ggml.bos_token_id", 1L);
        metadata.put("tokenizer.ggml.eos_token_id", 2L);
        return metadata;
    }

    private static JsonNode json(String resource) {
        return new JsonMapper().readTree(bytes(resource));
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = GgufTokenizersTest.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
