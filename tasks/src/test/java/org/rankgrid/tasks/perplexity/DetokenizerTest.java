package org.rankgrid.tasks.perplexity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rankgrid.spi.Sha256;
import tools.jackson.databind.JsonNode;

class DetokenizerTest {

    @ParameterizedTest
    @MethodSource("strings")
    void stringsBecomeWhatPythonMakesOfThem(JsonNode expected) {
        String page = expected.required("page").asString();

        assertThat(Detokenizer.detokenize(page))
                .isEqualTo(expected.required("text").asString());
        assertThat(PageSize.of(page))
                .isEqualTo(new PageSize(
                        expected.required("words").longValue(),
                        expected.required("bytes").longValue()));
    }

    @Test
    void theBundledTextBecomesThePagesOfTheDataSet() {
        List<String> pages = WikitextFixture.pages();
        List<JsonNode> expected = WikitextFixture.lines("wikitext-pages.jsonl");

        assertThat(pages).hasSize(62).hasSameSizeAs(expected);
        for (int p = 0; p < pages.size(); p++) {
            JsonNode golden = expected.get(p);
            String page = pages.get(p);
            assertThat(page).startsWith(golden.required("heading").asString() + "\n");
            assertThat(Sha256.of(page))
                    .as(page)
                    .isEqualTo(golden.required("sha256").asString());
            assertThat(Sha256.of(Detokenizer.detokenize(page)))
                    .as(page)
                    .isEqualTo(golden.required("detokenized").asString());
            assertThat(PageSize.of(page))
                    .isEqualTo(new PageSize(
                            golden.required("words").longValue(),
                            golden.required("bytes").longValue()));
        }
    }

    /**
     * A score of Llama-2-7B that was published to the last digit (EleutherAI/lm-evaluation-harness issue 806): whatever the
     * likelihood was, word_perplexity and bits_per_byte together hold the bytes per word of the data set.
     */
    @Test
    void wordsAndBytesAreThoseOfAPublishedScore() {
        PageSize all = WikitextFixture.pages().stream().map(PageSize::of).reduce(new PageSize(0, 0), PageSize::plus);

        double published = Math.log(8.792073612124492) / (0.5864857250704371 * Math.log(2));

        assertThat((double) all.bytes() / all.words()).isEqualTo(published);
    }

    static Stream<JsonNode> strings() {
        return WikitextFixture.lines("wikitext-strings.jsonl").stream();
    }
}
