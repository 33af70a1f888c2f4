package org.rankgrid.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;

class HuggingFaceTokenizerTest {

    private static final String CUT_AT_TWO =
            "{\"direction\": \"Right\", \"max_length\": 2, \"strategy\": \"LongestFirst\", \"stride\": 0}";
    private static final String FILLED_TO_EIGHT = """
            {"strategy": {"Fixed": 8}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 1, "pad_type_id": 0,
             "pad_token": "</s>"}""";

    @TempDir
    private Path folder;

    @Test
    void aTextOfThousandsOfTokensComesBackWhole() throws IOException {
        HuggingFaceTokenizer tokenizer = open(TinyTokenizers.words());
        assertThat(tokenizer.encode("a ".repeat(5000), true)).hasSize(5000).containsOnly(2);
    }

    @Test
    void cuttingAndFillingUpAreOffEvenWhereTheFileAsksForThem() throws IOException {
        HuggingFaceTokenizer tokenizer = open(TinyTokenizers.words(CUT_AT_TWO, FILLED_TO_EIGHT, "null"));
        assertThat(tokenizer.encode("a b a b", true)).containsExactly(2, 3, 2, 3);
        assertThat(tokenizer.encode("a", true)).containsExactly(2);
    }

    @Test
    void aSpecialTokenWrittenInATextBecomesThatToken() throws IOException {
        HuggingFaceTokenizer tokenizer = open(TinyTokenizers.words());
        assertThat(tokenizer.encode("a<s>b</s>", false)).containsExactly(2, 0, 3, 1);
        assertThat(tokenizer.decode(new int[] {2, 0, 3, 1})).isEqualTo("a b");
    }

    @ParameterizedTest
    @CsvSource({
        "false, , false",
        "true, , true",
        "false, true, true",
        "true, true, true",
        "false, false, false",
        "true, false, false",
    })
    void addBosTokenOverrulesTheFile(boolean inFile, Boolean configured, boolean added) throws IOException {
        String flag = configured == null ? "" : ", \"add_bos_token\": " + configured;
        write("tokenizer_config.json", "{\"bos_token\": \"<s>\"" + flag + "}");
        HuggingFaceTokenizer tokenizer =
                open(TinyTokenizers.words("null", "null", inFile ? TinyTokenizers.bosInFront(0) : "null"));
        assertThat(tokenizer.addsBos()).isEqualTo(added);
        assertThat(tokenizer.encode("a b", false)).containsExactly(2, 3);
        assertThat(tokenizer.encode("a b", true)).containsExactly(added ? new int[] {0, 2, 3} : new int[] {2, 3});
        assertThat(tokenizer.encode("<s> a", true)).containsExactly(added ? new int[] {0, 0, 2} : new int[] {0, 2});
        assertThat(tokenizer.encode("", true)).containsExactly(added ? new int[] {0} : new int[] {});
    }

    @Test
    void specialTokensAreNamedByTokenizerConfigElseByTheMapElseById() throws IOException {
        write("config.json", "{\"bos_token_id\": 3, \"eos_token_id\": [2, 1]}");
        assertThat(open(TinyTokenizers.words()).bos()).hasValue(3);
        assertThat(open(TinyTokenizers.words()).eos()).hasValue(2);
        write("special_tokens_map.json", "{\"bos_token\": {\"content\": \"a\"}}");
        assertThat(open(TinyTokenizers.words()).bos()).hasValue(2);
        write("tokenizer_config.json", "{\"bos_token\": \"<s>\", \"eos_token\": null}");
        assertThat(open(TinyTokenizers.words()).bos()).hasValue(0);
        assertThat(open(TinyTokenizers.words()).eos()).isEmpty();
    }

    @Test
    void withoutOtherFilesThereAreNoSpecialTokens() throws IOException {
        HuggingFaceTokenizer tokenizer = open(TinyTokenizers.words());
        assertThat(tokenizer.bos()).isEmpty();
        assertThat(tokenizer.eos()).isEmpty();
        assertThat(tokenizer.addsBos()).isFalse();
        assertThat(tokenizer.vocabularySize()).isEqualTo(5);
    }

    @Test
    void idsOfTheModelThatDoNotExistAreNotTakenForSpecialTokens() throws IOException {
        write("config.json", "{\"bos_token_id\": 5, \"eos_token_id\": -1}");
        assertThat(open(TinyTokenizers.words()).bos()).isEmpty();
        assertThat(open(TinyTokenizers.words()).eos()).isEmpty();
    }

    @Test
    void theFingerprintFollowsEverythingThatDecidesTheIds() throws IOException {
        String plain = open(TinyTokenizers.words()).fingerprint();
        assertThat(plain).hasSize(64).isEqualTo(open(TinyTokenizers.words()).fingerprint());
        write("tokenizer_config.json", "{\"model_max_length\": 512}");
        assertThat(open(TinyTokenizers.words()).fingerprint()).isEqualTo(plain);
        write("tokenizer_config.json", "{\"bos_token\": \"<s>\"}");
        String withBos = open(TinyTokenizers.words()).fingerprint();
        write("tokenizer_config.json", "{\"bos_token\": \"<s>\", \"add_bos_token\": true}");
        String addingBos = open(TinyTokenizers.words()).fingerprint();
        assertThat(List.of(plain, withBos, addingBos)).doesNotHaveDuplicates();
        assertThat(open(TinyTokenizers.words().replace("\"a\"", "\"c\"")).fingerprint())
                .isNotEqualTo(addingBos);
    }

    @Test
    void unpairedSurrogatesAreTextToo() throws IOException {
        HuggingFaceTokenizer tokenizer = open(TinyTokenizers.words());
        assertThat(tokenizer.encode("a \ud800 b", false)).containsExactly(2, 4, 3);
        assertThat(tokenizer.encode("\udc00", false)).containsExactly(4);
        assertThat(tokenizer.encode("a \0 b", false)).containsExactly(2, 4, 3);
    }

    @Test
    void severalThreadsGetTheSameIds() throws Exception {
        HuggingFaceTokenizer tokenizer = open(TinyTokenizers.words());
        List<Future<int[]>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(() -> tokenizer.encode("a b <s> c", true)));
            }
        }
        for (Future<int[]> result : results) {
            assertThat(result.get()).containsExactly(2, 3, 0, 4);
        }
    }

    @Test
    void aModelWithoutTokenizerJsonIsRefused() {
        assertThatThrownBy(() -> HuggingFaceTokenizer.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no tokenizer.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"model\": null}",
                "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": -1}, \"unk_token\": \"a\"}}",
                "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 99999999999999999999}, \"unk_token\": \"a\"}}",
                "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": {}}, \"unk_token\": \"a\"}}",
                "{\"model\": {\"type\": \"None\", \"vocab\": {\"a\": 0}}}",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"x y\"]}}",
                "{\"added_tokens\": [{\"id\": 4294967296, \"content\": \"x\"}]}",
                "{\"model\": {\"vocab\": [[\"a\", 0], [",
            })
    void damagedFilesAreRefusedInOneSentence(String json) {
        assertThatThrownBy(() -> open(json))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageEndingWith("get the file again.");
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        String whole = TinyTokenizers.words().strip();
        for (int length = 0; length < whole.length(); length += 7) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> open(cut)).isInstanceOf(InputException.class);
        }
        assertThat(open(whole).vocabularySize()).isEqualTo(5);
    }

    /** Each of these ends the process if it reaches the library. */
    @Test
    void whatTheLibraryDoesNotSurviveIsRefusedBefore() {
        String template = TinyTokenizers.words("null", "null", TinyTokenizers.bosInFront(0));
        assertThatThrownBy(() -> open(template.replace("{\"<s>\": {\"id\"", "{\"<t>\": {\"id\"")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("puts the token '<s>' around texts but does not define it");
        String nested = "{\"type\": \"Sequence\", \"processors\": ["
                + TinyTokenizers.bosInFront(0).replace("\"special_tokens\": {\"<s>\"", "\"special_tokens\": {\"<t>\"")
                + "]}";
        assertThatThrownBy(() -> open(TinyTokenizers.words("null", "null", nested)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not define it");
        assertThatThrownBy(() -> open(template.replace("\"decoder\": null", "\"decoder\": nil")))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(
                        () -> open(
                                "{\"model\": {\"type\": \"BPE\", \"continuing_subword_prefix\": \"@@\", \"vocab\": {\"a\": 0, \"aa\": 1}, \"merges\": [\"a a\"]}}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("continuing_subword_prefix '@@'");
        assertThatThrownBy(() -> open(template + "{}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("goes on after its JSON object");
    }

    @Test
    void anyBytesAreReadOrRefused() throws IOException {
        Random random = new Random(2);
        byte[] whole = TinyTokenizers.words("null", "null", TinyTokenizers.bosInFront(0))
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] = whole[random.nextInt(whole.length)];
            }
            Files.write(folder.resolve("tokenizer.json"), damaged);
            try {
                HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.open(folder);
                assertThat(Arrays.stream(tokenizer.encode("a b x", true)).max().orElse(0))
                        .isLessThan(tokenizer.vocabularySize());
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("tokenizer.json");
            }
        }
    }

    @Test
    void deepNestingAndBytesThatAreNoTextAreRefused() throws IOException {
        assertThatThrownBy(() -> open("{\"x\":" + "[".repeat(100_000))).isInstanceOf(InputException.class);
        Files.write(folder.resolve("tokenizer.json"), new byte[] {'{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> HuggingFaceTokenizer.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void damagedFilesBesideItAreRefused() throws IOException {
        write("tokenizer_config.json", "{\"bos_token\": ");
        assertThatThrownBy(() -> open(TinyTokenizers.words()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer_config.json is not JSON");
        write("tokenizer_config.json", "[]");
        assertThatThrownBy(() -> open(TinyTokenizers.words()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer_config.json is not a JSON object");
    }

    @Test
    void aBosThatIsWantedButUnknownIsRefused() throws IOException {
        write("tokenizer_config.json", "{\"bos_token\": \"<bos>\", \"add_bos_token\": true}");
        assertThatThrownBy(() -> open(TinyTokenizers.words()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("correct bos_token or add_bos_token");
    }

    @Test
    void anIdThatTheVocabularyDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> open(TinyTokenizers.words("null", "null", TinyTokenizers.bosInFront(77))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("adds an id that the vocabulary of 5 ids does not have");
    }

    private HuggingFaceTokenizer open(String json) throws IOException {
        write("tokenizer.json", json);
        return HuggingFaceTokenizer.open(folder);
    }

    private void write(String name, String text) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
