package org.rankgrid.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.TextLibrary;

class PerplexityTaskTest {

    private static final TextLibrary TEXTS =
            new FixedTexts(Map.of("rows", List.of("", " = Title = \n", "", "Text.\n"), "other", List.of("x")));

    private static final PerplexityTask CONCAT = task(Request.Cut.CONCAT, Optional.of("rows"));
    private static final PerplexityTask DOCUMENTS = task(Request.Cut.DOCUMENT, Optional.of("rows"));
    private static final PerplexityTask ANY = task(Request.Cut.DOCUMENT, Optional.empty());

    @Test
    void concatAsksForOneTextWithEmptyRowsKept() {
        assertThat(CONCAT.requests(TEXTS, Options.defaults(CONCAT.options())))
                .containsExactly(new Request.Passage("\n\n = Title = \n\n\n\n\nText.\n", Request.Cut.CONCAT, 2048));
    }

    @Test
    void documentsAsksForEachOnItsOwn() {
        Options options = Options.of(DOCUMENTS.options(), Map.of("window", 16L));

        assertThat(DOCUMENTS.requests(TEXTS, options))
                .containsExactly(
                        new Request.Passage("", Request.Cut.DOCUMENT, 16),
                        new Request.Passage(" = Title = \n", Request.Cut.DOCUMENT, 16),
                        new Request.Passage("", Request.Cut.DOCUMENT, 16),
                        new Request.Passage("Text.\n", Request.Cut.DOCUMENT, 16));
    }

    @Test
    void aTaskWithoutACorpusTakesItFromTheGrid() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.defaults(ANY.options()));
        Options options = Options.of(ANY.options(), Map.of("corpus", "other"));

        assertThat(ANY.requests(TEXTS, options)).containsExactly(new Request.Passage("x", Request.Cut.DOCUMENT, 2048));
        assertThat(ANY.fingerprint(TEXTS, options)).isEqualTo("perplexity:3:documents:[x]");
    }

    @Test
    void theFingerprintTellsCorpusProtocolAndVersionApart() {
        Options options = Options.defaults(CONCAT.options());

        assertThat(CONCAT.fingerprint(TEXTS, options))
                .isNotEqualTo(DOCUMENTS.fingerprint(TEXTS, options))
                .isNotEqualTo(CONCAT.fingerprint(new FixedTexts(Map.of("rows", List.of("y"))), options))
                .contains(":3:");
    }

    /** Window means of SmolLM2-135M on WikiText-2, f64 softmax, from the project's goldens; mean and error by Python. */
    @Test
    void equalWindowsGiveThePublishedPerplexity() {
        double[] nll = {
            2.7177878493908154,
            3.1539236478829364,
            3.499620260157511,
            3.3650825141601843,
            3.091985678427303,
            2.734228509872261,
            2.2193063087950886,
            2.829845575268605
        };
        List<Answer> answers = new ArrayList<>();
        for (int w = 0; w < nll.length; w++) {
            answers.add(new Answer.Window(w, 2047, nll[w]));
        }

        List<Score> scores =
                CONCAT.scores(answers, new StreamFacts(304_978, "none", true), Options.defaults(CONCAT.options()));

        assertThat(scores).extracting(Score::metric).containsExactly("ppl", "nll");
        assertThat(scores).extracting(Score::task).containsOnly("sample");
        assertThat(scores).extracting(Score::n).containsOnly(8);
        assertThat(scores.getFirst().value()).isCloseTo(19.13410879122711, within(1e-12));
        assertThat(scores.getFirst().stderr().orElseThrow()).isCloseTo(2.7833077025288135, within(1e-12));
        assertThat(scores.getLast().value()).isCloseTo(2.9514725429943383, within(1e-14));
        assertThat(scores.getLast().stderr().orElseThrow()).isCloseTo(0.14546314818722814, within(1e-14));
        assertThat(scores.getFirst().protocol())
                .hasToString(
                        "{name=concat, window=2048, windows=8, tokens=304978, predicted=16376, bos=none, limited=true}");
    }

    @Test
    void documentsWeighByTheirTokens() {
        List<Answer> answers = List.of(
                new Answer.Window(0, 3, 2.0),
                new Answer.Window(1, 0, 0.0),
                new Answer.Window(2, 7, 1.0),
                new Answer.Window(3, 1, 4.5));

        List<Score> scores = DOCUMENTS.scores(
                answers, new StreamFacts(15, "tokenizer", false), Options.defaults(DOCUMENTS.options()));

        // (3*2 + 7*1 + 1*4.5) / 11; the empty document is no window. Error: stdev of 2, 1, 4.5 over sqrt 3, by Python.
        assertThat(scores.getLast().value()).isCloseTo(1.5909090909090908, within(1e-15));
        assertThat(scores.getFirst().value()).isCloseTo(4.908208908854543, within(1e-13));
        assertThat(scores.getLast().stderr().orElseThrow()).isCloseTo(1.0408329997330663, within(1e-14));
        assertThat(scores.getFirst().stderr().orElseThrow()).isCloseTo(5.108625801919634, within(1e-13));
        assertThat(scores.getFirst().protocol())
                .hasToString("{name=documents, window=2048, windows=3, tokens=15, predicted=11, bos=tokenizer}");
    }

    @Test
    void oneWindowHasNoStandardError() {
        List<Score> scores = CONCAT.scores(
                List.of(new Answer.Window(0, 5, 1.0)),
                new StreamFacts(6, "none", false),
                Options.defaults(CONCAT.options()));

        assertThat(scores).allSatisfy(score -> assertThat(score.stderr()).isEmpty());
        assertThat(scores.getFirst().value()).isCloseTo(Math.E, within(1e-15));
    }

    @Test
    void aPerplexityBeyondAllNumbersIsLeftOutAndTheNllStays() {
        List<Score> scores = CONCAT.scores(
                List.of(new Answer.Window(0, 5, 800.0)),
                new StreamFacts(6, "none", false),
                Options.defaults(CONCAT.options()));

        assertThat(scores).extracting(Score::metric).containsExactly("nll");
    }

    @Test
    void anNllThatIsNotFiniteIsNeverAveragedAway() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONCAT.scores(
                        List.of(new Answer.Window(4, 5, Double.NaN)),
                        new StreamFacts(6, "none", false),
                        Options.defaults(CONCAT.options())))
                .withMessage("window 4 has an nll of NaN");
    }

    @Test
    void aCorpusShorterThanAWindowSaysWhatToDo() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CONCAT.scores(
                        List.of(), new StreamFacts(71, "none", false), Options.defaults(CONCAT.options())))
                .withMessage(
                        "Task sample has nothing to predict: the 71 tokens of corpus 'rows' give no window of 2048,"
                                + " choose a smaller window or a longer corpus");
    }

    private static PerplexityTask task(Request.Cut protocol, Optional<String> corpus) {
        return new PerplexityTask(new PerplexityDefinition("sample", "A sample.", corpus, protocol, 2048, "3"));
    }
}
