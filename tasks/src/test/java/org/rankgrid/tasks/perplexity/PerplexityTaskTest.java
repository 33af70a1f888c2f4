package org.rankgrid.tasks.perplexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.tasks.perplexity.PerplexityDefinition.Protocol;

class PerplexityTaskTest {

    private static final DataLibrary TEXTS =
            new FixedTexts(Map.of("rows", List.of("", " = Title = \n", "", "Text.\n"), "other", List.of("x")));

    private static final DataLibrary ROWS =
            new FixedRows("c4.jsonl", List.of(Map.of("text", "one "), Map.of("text", "two "), Map.of("txt", "three")));

    private static final PerplexityTask CONCAT = task(Protocol.CONCAT, Optional.of("rows"));
    private static final PerplexityTask DOCUMENTS = task(Protocol.DOCUMENTS, Optional.of("rows"));
    private static final PerplexityTask ANY = task(Protocol.DOCUMENTS, Optional.empty());

    @Test
    void concatAsksForOneTextWithEmptyRowsKept() {
        assertThat(CONCAT.questions(TEXTS, Options.defaults(CONCAT.options())).requests())
                .containsExactly(new Request.Passage(
                        "\n\n = Title = \n\n\n\n\nText.\n", Request.Cut.CONCAT, 2048, Request.Bos.TOKENIZER));
    }

    @Test
    void documentsAsksForEachOnItsOwn() {
        Options options = Options.of(DOCUMENTS.options(), Map.of("window", 16L));

        assertThat(DOCUMENTS.questions(TEXTS, options).requests())
                .containsExactly(
                        new Request.Passage("", Request.Cut.DOCUMENT, 16, Request.Bos.TOKENIZER),
                        new Request.Passage(" = Title = \n", Request.Cut.DOCUMENT, 16, Request.Bos.TOKENIZER),
                        new Request.Passage("", Request.Cut.DOCUMENT, 16, Request.Bos.TOKENIZER),
                        new Request.Passage("Text.\n", Request.Cut.DOCUMENT, 16, Request.Bos.TOKENIZER));
    }

    @Test
    void aTaskWithoutACorpusTakesItFromTheGrid() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.defaults(ANY.options()));
        Options options = Options.of(ANY.options(), Map.of("corpus", "other"));

        assertThat(ANY.questions(TEXTS, options).requests())
                .containsExactly(new Request.Passage("x", Request.Cut.DOCUMENT, 2048, Request.Bos.TOKENIZER));
        assertThat(ANY.questions(TEXTS, options).fingerprint()).isEqualTo("perplexity:3:documents:[x]");
    }

    @Test
    void theFingerprintTellsCorpusProtocolAndVersionApart() {
        Options options = Options.defaults(CONCAT.options());

        assertThat(CONCAT.questions(TEXTS, options).fingerprint())
                .isNotEqualTo(DOCUMENTS.questions(TEXTS, options).fingerprint())
                .isNotEqualTo(CONCAT.questions(new FixedTexts(Map.of("rows", List.of("y"))), options)
                        .fingerprint())
                .contains(":3:");
    }

    @Test
    void bosIsTheTokenizersOrNone() {
        Options options = Options.of(CONCAT.options(), Map.of("bos", "none", "window", 8L));

        assertThat(CONCAT.questions(TEXTS, options).requests())
                .containsExactly(new Request.Passage(
                        "\n\n = Title = \n\n\n\n\nText.\n", Request.Cut.CONCAT, 8, Request.Bos.NONE));
    }

    @Test
    void rowsOfADataSetAreJoinedAsTheProtocolSays() {
        PerplexityTask task = rows(Protocol.CONCAT, Optional.of(2), OptionalInt.empty());

        assertThat(task.questions(ROWS, Options.defaults(task.options())).requests())
                .containsExactly(new Request.Passage("one  two ", Request.Cut.CONCAT, 2048, Request.Bos.TOKENIZER));
        assertThat(task.questions(ROWS, Options.defaults(task.options())).fingerprint())
                .isEqualTo("perplexity:3:concat:f00d:text:2:1: ");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> rows(Protocol.CONCAT, Optional.empty(), OptionalInt.empty())
                        .questions(ROWS, Options.defaults(task.options()))
                        .requests())
                .withMessage("c4.jsonl line 3: there is no field 'text' (did you mean 'txt'?), the row has txt.");
    }

    @Test
    void onlyTheFirstWindowsAreAskedWhereTheFileSaysSo() {
        PerplexityTask task = rows(Protocol.CONCAT, Optional.of(2), OptionalInt.of(256));

        assertThat(task.questions(ROWS, Options.defaults(task.options())).requests())
                .containsExactly(
                        new Request.Passage("one  two ", Request.Cut.CONCAT, 2048, 256, Request.Bos.TOKENIZER));
    }

    @Test
    void excerptsAreDrawnFromTheDocuments() {
        PerplexityTask task = rows(Protocol.EXCERPTS, Optional.of(2), OptionalInt.of(256));
        Options options = Options.of(task.options(), Map.of("window", 64L));

        assertThat(task.questions(ROWS, options).requests())
                .containsExactly(new Request.Excerpts(List.of("one ", "two "), 256, 64, Request.Bos.TOKENIZER));
    }

    @Test
    void whatWasNeverHeldAgainstReferenceNumbersSaysSo() {
        PerplexityTask task = rows(Protocol.CONCAT, Optional.of(2), OptionalInt.empty());

        assertThat(task.questions(ROWS, Options.defaults(task.options()))
                        .scores(List.of(new Answer.Window(0, 1, 1.0)), new StreamFacts(6, "none", false, 0)))
                .allSatisfy(score -> assertThat(score.protocol()).containsEntry("unverified", true));
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

        List<Score> scores = scores(CONCAT, answers, new StreamFacts(304_978, "none", true, 0));

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

        List<Score> scores = scores(DOCUMENTS, answers, new StreamFacts(15, "tokenizer", false, 0));

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
        List<Score> scores =
                scores(CONCAT, List.of(new Answer.Window(0, 5, 1.0)), new StreamFacts(6, "none", false, 0));

        assertThat(scores).allSatisfy(score -> assertThat(score.stderr()).isEmpty());
        assertThat(scores.getFirst().value()).isCloseTo(Math.E, within(1e-15));
    }

    @Test
    void aPerplexityBeyondAllNumbersIsLeftOutAndTheNllStays() {
        List<Score> scores =
                scores(CONCAT, List.of(new Answer.Window(0, 5, 800.0)), new StreamFacts(6, "none", false, 0));

        assertThat(scores).extracting(Score::metric).containsExactly("nll");
    }

    @Test
    void anNllThatIsNotFiniteIsNeverAveragedAway() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores(
                        CONCAT, List.of(new Answer.Window(4, 5, Double.NaN)), new StreamFacts(6, "none", false, 0)))
                .withMessage("window 4 has an nll of NaN");
    }

    @Test
    void aCorpusShorterThanAWindowSaysWhatToDo() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> scores(CONCAT, List.of(), new StreamFacts(71, "none", false, 0)))
                .withMessage(
                        "Task sample has nothing to predict: the 71 tokens of corpus 'rows' give no window of 2048,"
                                + " choose a smaller window or a longer corpus");
    }

    private static List<Score> scores(PerplexityTask task, List<Answer> answers, StreamFacts facts) {
        return task.questions(TEXTS, Options.defaults(task.options())).scores(answers, facts);
    }

    private static PerplexityTask task(Protocol protocol, Optional<String> corpus) {
        return new PerplexityTask(new PerplexityDefinition(
                "sample",
                "A sample.",
                corpus.map(TextSource.Corpus::new),
                protocol,
                2048,
                OptionalInt.empty(),
                "3",
                true));
    }

    private static PerplexityTask rows(Protocol protocol, Optional<Integer> first, OptionalInt windows) {
        DataSource source = new DataSource("allenai/c4", Optional.of("en"), "validation", new LinkedHashMap<>());
        return new PerplexityTask(new PerplexityDefinition(
                "c4",
                "A sample.",
                Optional.of(new TextSource.Rows(source, "text", first, " ")),
                protocol,
                2048,
                windows,
                "3",
                false));
    }
}
