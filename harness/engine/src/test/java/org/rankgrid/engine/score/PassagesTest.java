package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Request.Bos;
import org.rankgrid.spi.task.Request.Cut;
import org.rankgrid.spi.task.Request.Passage;

/** Perplexity: passages as windows of tokens. */
class PassagesTest {

    private static final OptionalInt ALL = OptionalInt.empty();

    @Test
    void aStreamIsCutWithoutOverlapAndItsTailDropped() {
        TokenRequests windows = cut(ALL, concat("1 2 3 4 5 6 7", 3));

        // The BOS, 0, is the first token of the stream and of no other window.
        assertThat(ids(windows)).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5));
        assertThat(windows.sequences()).extracting(TokenSequence::predicted).containsExactly(2, 2);
        assertThat(windows.predicted()).isEqualTo(4);
        assertThat(windows.facts().tokens()).isEqualTo(8);
        assertThat(windows.facts().bos()).isEqualTo("tokenizer");
        assertThat(windows.facts().limited()).isFalse();
        // Nothing is predicted from the last token of a window, which therefore is not run.
        assertThat(Batching.DEFAULT.tokens(windows)).isEqualTo(4);
        assertThat(windows.longest()).isEqualTo(2);
    }

    @Test
    void documentsStandAloneAndAreCutAtTheWindow() {
        TokenRequests windows = cut(ALL, document("1 2", 4), document("3 4 5 6 7", 4));

        assertThat(ids(windows)).containsExactly(List.of(0, 1, 2), List.of(0, 3, 4, 5));
    }

    @Test
    void aDocumentOfOneTokenPredictsNothingAndLeavesItsIndexUnused() {
        TokenRequests windows = cut(ALL, document("1", 4), document("", 4), document("2 3", 4));

        assertThat(indices(windows)).containsExactly(0, 2);
    }

    @Test
    void theFirstWindowsOrDocumentsAreTaken() {
        TokenRequests stream = cut(OptionalInt.of(1), concat("1 2 3 4 5", 2));
        assertThat(ids(stream)).containsExactly(List.of(0, 1));
        assertThat(stream.facts().limited()).isTrue();
        assertThat(stream.facts().tokens()).isEqualTo(6);

        TokenRequests documents = cut(OptionalInt.of(2), document("", 4), document("1", 4), document("2", 4));
        assertThat(ids(documents)).containsExactly(List.of(0, 1));
        assertThat(documents.facts().limited()).isTrue();
    }

    @Test
    void aLimitThatChangesNothingIsNone() {
        assertThat(cut(OptionalInt.of(3), concat("1 2 3 4 5", 2)).facts().limited())
                .isFalse();
        assertThat(cut(OptionalInt.of(2), document("1", 4), document("2", 4))
                        .facts()
                        .limited())
                .isFalse();
    }

    @Test
    void aTextThatIsTooShortIsRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> cut(ALL, concat("1 2", 4)))
                .withMessage(
                        "task t: its text has 3 tokens, too few for one window of 4 tokens: give a longer text or a"
                                + " smaller window");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> cut(ALL, document("", 4)));
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> cut(ALL));
    }

    @Test
    void withoutABosTheFirstTokenOfATextIsTheFirstOfItsWindow() {
        TokenRequests stream = cut(ALL, new Passage("1 2 3 4 5", Cut.CONCAT, 2, Bos.NONE));
        assertThat(ids(stream)).containsExactly(List.of(1, 2), List.of(3, 4));
        assertThat(stream.facts().bos()).isEqualTo("none");
        assertThat(stream.facts().tokens()).isEqualTo(5);

        assertThat(ids(cut(ALL, new Passage("1 2 3", Cut.DOCUMENT, 4, Bos.NONE))))
                .containsExactly(List.of(1, 2, 3));
    }

    @Test
    void aTokenizerThatPutsNoBosInFrontIsRecordedAsNone() {
        TokenRequests stream = TokenRequests.of("t", List.of(concat("1 2", 2)), Numbers.WITH_EOS, 8, ALL);
        assertThat(ids(stream)).containsExactly(List.of(1, 2));
        assertThat(stream.facts().bos()).isEqualTo("none");
    }

    @Test
    void aWindowOfNothingInParticularIsAsLongAsTheModelTakes() {
        assertThat(ids(TokenRequests.of("t", List.of(concat("1 2 3 4", 0)), Numbers.WITH_BOS, 4, ALL)))
                .containsExactly(List.of(0, 1, 2, 3));
    }

    @Test
    void aWindowLongerThanTheModelIsRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TokenRequests.of("t", List.of(concat("1 2 3 4", 5)), Numbers.WITH_BOS, 4, ALL))
                .withMessage(
                        "task t: a window of 5 tokens is longer than the 4 positions of the model: choose a smaller"
                                + " window");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TokenRequests.of("t", List.of(rolling("1 2 3 4 5", 5)), Numbers.WITH_EOS, 4, ALL));
    }

    /** Expected are the windows that lm-evaluation-harness 0.4.13 itself makes of these lists. */
    @Test
    void rolledWindowsPredictEveryTokenOnceAndTheLastSeesAsMuchAsFits() {
        TokenRequests document =
                TokenRequests.of("t", List.of(rolling("1 2 3 4 5 6 7 8", 3)), Numbers.WITH_EOS, 9, ALL);

        assertThat(document.requests()).hasSize(1);
        assertThat(ids(document)).containsExactly(List.of(99, 1, 2, 3), List.of(3, 4, 5, 6), List.of(5, 6, 7, 8));
        assertThat(document.sequences()).extracting(TokenSequence::from).containsExactly(1, 1, 2);
        assertThat(document.predicted()).isEqualTo(8);
    }

    @Test
    void aShortDocumentIsRolledInOneWindow() {
        TokenRequests document = TokenRequests.of("t", List.of(rolling("1 2", 0)), Numbers.WITH_EOS, 9, ALL);
        assertThat(ids(document)).containsExactly(List.of(99, 1, 2));

        assertThat(ids(TokenRequests.of("t", List.of(rolling("1 2 3", 3)), Numbers.WITH_EOS, 3, ALL)))
                .containsExactly(List.of(99, 1, 2, 3));
    }

    /** As lm-evaluation-harness does since it leaves special tokens to the tokenizer: the BOS is a token like any other. */
    @Test
    void theTokenizersBosIsPredictedFromThePrefixWhereADocumentIsRolled() {
        assertThat(ids(cut(ALL, rolling("1 2", 4)))).containsExactly(List.of(0, 0, 1, 2));
        assertThat(ids(cut(ALL, rolling("0 1 2", 4)))).containsExactly(List.of(0, 0, 1, 2));
        assertThat(ids(cut(ALL, new Passage("1 2", Cut.ROLLING, 4, Bos.NONE)))).containsExactly(List.of(0, 1, 2));
    }

    @Test
    void anEmptyDocumentLeavesItsIndexUnused() {
        TokenRequests documents =
                TokenRequests.of("t", List.of(rolling("", 4), rolling("1", 4)), Numbers.WITH_EOS, 9, ALL);
        assertThat(indices(documents)).containsExactly(1);
    }

    @Test
    void theAnswerToARolledDocumentSumsItsWindows() {
        TokenRequest.Window window = new TokenRequest.Window(
                4, List.of(TokenSequence.window(0, 1, 2), new TokenSequence(new int[] {1, 2, 3}, 2)));

        assertThat(window.answer(List.of(new Answer.Likelihood(-3.0, 2, false), new Answer.Likelihood(-1.5, 1, true))))
                .isEqualTo(new Answer.Window(4, 3, 1.5));
    }

    private static TokenRequests cut(OptionalInt limit, Request... requests) {
        return TokenRequests.of("t", List.of(requests), Numbers.WITH_BOS, 64, limit);
    }

    private static Request concat(String text, int window) {
        return new Passage(text, Cut.CONCAT, window, Bos.TOKENIZER);
    }

    private static Request document(String text, int window) {
        return new Passage(text, Cut.DOCUMENT, window, Bos.TOKENIZER);
    }

    private static Request rolling(String text, int window) {
        return new Passage(text, Cut.ROLLING, window, Bos.TOKENIZER);
    }

    private static List<List<Integer>> ids(TokenRequests windows) {
        return windows.sequences()
                .map(sequence -> Arrays.stream(sequence.ids()).boxed().toList())
                .toList();
    }

    private static List<Integer> indices(TokenRequests windows) {
        return windows.requests().stream()
                .map(request -> ((TokenRequest.Window) request).index())
                .toList();
    }
}
