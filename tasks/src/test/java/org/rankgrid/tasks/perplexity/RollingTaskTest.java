package org.rankgrid.tasks.perplexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;

class RollingTaskTest {

    private static final DataLibrary TEXTS = new FixedTexts(Map.of(
            "wiki",
            List.of("", " = One = \n", "", " A @-@ b , c . \n", "", " = = Part = = \n", " = Two = \n", "", " É d \n")));

    private static final RollingTask TASK = new RollingTask(new PerplexityDefinition(
            "wiki",
            "A sample.",
            Optional.of(new TextSource.Corpus("wiki")),
            PerplexityDefinition.Protocol.WIKITEXT_PAGES,
            0,
            OptionalInt.empty(),
            "2.0",
            true));

    @Test
    void pagesAreDetokenizedAndPredictedInTheModelsWindows() {
        assertThat(questions(Map.of()).requests())
                .containsExactly(
                        passage(" = One =\n\nA-b, c.\n\n== Part == ", 0, Request.Bos.TOKENIZER),
                        passage(" = Two =\n\nÉ d\n", 0, Request.Bos.TOKENIZER));
        assertThat(questions(Map.of("max-length", 7L, "bos", "none")).requests())
                .contains(passage(" = Two =\n\nÉ d\n", 7, Request.Bos.NONE));
    }

    /** Words and bytes by Python, of the pages as they were: 16 and 7 parts between white space, 44 and 19 bytes. */
    @Test
    void theLikelihoodIsSharedOutOverWordsAndBytesOfThePageAsItWas() {
        List<Score> scores = questions(Map.of())
                .scores(
                        List.of(new Answer.Window(0, 10, 3.0), new Answer.Window(1, 4, 2.5)),
                        new StreamFacts(14, "none", false, 0));

        assertThat(scores)
                .extracting(Score::metric)
                .containsExactly("word_perplexity", "byte_perplexity", "bits_per_byte");
        assertThat(scores.get(0).value()).isCloseTo(Math.exp(40.0 / 23), within(1e-13));
        assertThat(scores.get(1).value()).isCloseTo(Math.exp(40.0 / 63), within(1e-13));
        assertThat(scores.get(2).value()).isCloseTo(40.0 / 63 / Math.log(2), within(1e-13));
        assertThat(scores).allSatisfy(score -> assertThat(score.stderr()).isEmpty());
        assertThat(scores.getFirst().protocol())
                .hasToString("{name=rolling, window=model, windows=2, tokens=14, predicted=14, words=23, bytes=63,"
                        + " bos=none}");
    }

    @Test
    void aLimitLeavesOutTheOtherPages() {
        Score score = questions(Map.of())
                .scores(List.of(new Answer.Window(1, 4, 2.5)), new StreamFacts(4, "none", true, 0))
                .getFirst();

        assertThat(score.value()).isCloseTo(Math.exp(10.0 / 7), within(1e-13));
        assertThat(score.n()).isEqualTo(1);
        assertThat(score.protocol()).containsEntry("limited", true);
    }

    @Test
    void anNllThatIsNotFiniteIsNeverAveragedAway() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> questions(Map.of())
                        .scores(List.of(new Answer.Window(1, 4, Double.NaN)), new StreamFacts(4, "none", false, 0)))
                .withMessage("page 1 has an nll of NaN");
    }

    private static Questions questions(Map<String, Object> given) {
        return TASK.questions(TEXTS, Options.of(TASK.options(), given));
    }

    private static Request passage(String text, int window, Request.Bos bos) {
        return new Request.Passage(text, Request.Cut.ROLLING, window, bos);
    }
}
