package org.rankgrid.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.spi.text.TokenizerProvider;

/** The tokenizer inside the real SmolLM2 file, on real texts. */
class SmolLm2TokenizerTest {

    private static HuggingFaceTokenizer tokenizer;
    private static Path file;

    @BeforeAll
    static void open() {
        String given = System.getProperty("rankgrid.smollm2", "");
        String how = "SmolLM2's own file is not checked: run with -Drankgrid.smollm2=PATH of"
                + " SmolLM2-135M-Instruct.Q4_1.gguf ('rankgrid models pull smollm2-135m' fetches it).";
        if (given.isEmpty()) {
            System.out.println(how);
        }
        assumeFalse(given.isEmpty(), how);
        file = Path.of(given);
        tokenizer = GgufTokenizers.open(file);
    }

    /** Numbers and hashes of golden/smollm2-135m/tokenizer.json and golden/allocators/smollm2-135m.json. */
    @ParameterizedTest
    @CsvSource({
        "wikitext2-test, 304978, aa72485a43ad244db418ec90db75b81905cf39905a80d72a8f56121c2a8593f3",
        "wikitext2-train-head, 231357, 56d1e3d3e47747ba94b66ec4f6c6d8bf50996a056ec4786cf25190c570ab807c",
        "wikitext2-valid-head, 24426, 71449c9629b0692ea2072f41da8e0f340058b27f900add4d71ab4d15b9e10638",
    })
    void wholeCorporaHaveTheIdsOfTheReference(String corpus, int tokens, String sha256) {
        String text = new CorpusLibrary(Optional.empty(), Path.of("")).joined(corpus);
        int[] ids = tokenizer.encode(text, true);
        assertThat(ids).hasSize(tokens);
        assertThat(Ids.sha256(ids)).isEqualTo(sha256);
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }

    @Test
    void theFileSaysThatThereIsNoBos() {
        assertThat(tokenizer.addsBos()).isFalse();
        assertThat(tokenizer.vocabularySize()).isEqualTo(49_152);
        TokenizerProvider provider = new GgufTokenizerProvider();
        assertThat(provider.reads(file)).isTrue();
        assertThat(provider.open(file).fingerprint()).isEqualTo(tokenizer.fingerprint());
    }
}
