package org.rankgrid.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.data.Environment;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.data.model.ModelStore;

/** The bundled model's tokenizer: SentencePiece's BPE without a pre-tokenizer, so that a text is one long word. */
class Stories260kTokenizerTest {

    @TempDir
    private static Path folder;

    private static HuggingFaceTokenizer tokenizer;
    private static CorpusLibrary library;

    @BeforeAll
    static void open() {
        ModelStore store = new ModelStore(folder, folder, new Environment(Map.of(), folder, "Linux"));
        tokenizer = HuggingFaceTokenizer.open(store.resolve("stories260k"));
        library = new CorpusLibrary(Optional.empty(), folder);
    }

    /** Hashes of golden/allocators/stories260K.json. */
    @Test
    void theWholeStoriesHaveTheIdsOfTheReference() {
        String text = String.join(
                        "\n\n",
                        library.joined("tinystories-test"),
                        library.joined("tinystories"),
                        library.joined("tinystories-validation"))
                + "\n";
        int[] ids = tokenizer.encode(text, true);
        int half = ids.length / 2;
        assertThat(ids).hasSize(100_708);
        assertThat(Ids.sha256(Arrays.copyOf(ids, half)))
                .isEqualTo("55fe11ab4301bcbcf23b05acb0f9cb2a8301be1e273096a7612e9a78c4517b7a");
        assertThat(Ids.sha256(Arrays.copyOfRange(ids, half, ids.length)))
                .isEqualTo("3d18c7c4aebc5f0fc9e328a4fa50bab81d0de97c21f8e007a185900609c65de1");
    }

    /** models/README: 34416 predicted tokens, BOS before each block, cut at 512 tokens. */
    @Test
    void theTestBlocksHaveThePublishedNumberOfTokens() {
        int predicted = library.documents("tinystories-test").stream()
                .mapToInt(document -> Math.min(512, tokenizer.encode(document, true).length) - 1)
                .sum();
        assertThat(predicted).isEqualTo(34_416);
    }

    @Test
    void specialTokensAreThoseOfItsFiles() {
        assertThat(tokenizer.bos()).hasValue(1);
        assertThat(tokenizer.eos()).hasValue(2);
        assertThat(tokenizer.addsBos()).isTrue();
        assertThat(tokenizer.vocabularySize()).isEqualTo(512);
        assertThat(tokenizer.encode("", true)).containsExactly(1);
        assertThat(tokenizer.encode("", false)).isEmpty();
    }

    @Test
    void anyTextComesBackFromItsIds() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            String text = randomText(random);
            assertThat(tokenizer.decode(tokenizer.encode(text, true))).isEqualTo(text);
        }
    }

    /** Letters, blanks, controls, accents, an emoji; not the mark that stands for a space, which is a space afterwards. */
    static String randomText(Random random) {
        int[] alphabet = "ab the  \n\t\0\u00e9\u0301\u65e5<s>.".codePoints().toArray();
        StringBuilder text = new StringBuilder("x");
        for (int length = random.nextInt(30); length > 0; length--) {
            text.appendCodePoint(random.nextInt(20) == 0 ? 0x1f600 : alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString().replace("<s>", "");
    }
}
