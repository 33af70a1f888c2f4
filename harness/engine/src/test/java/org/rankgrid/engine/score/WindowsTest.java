package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.text.Tokenizer;

class WindowsTest {

    private static final OptionalInt ALL = OptionalInt.empty();

    @Test
    void aStreamIsCutWithoutOverlapAndItsTailDropped() {
        Windows windows = cut(ALL, concat("1 2 3 4 5 6 7", 3));

        // The BOS, 0, is the first token of the stream and of no other window.
        assertThat(ids(windows)).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5));
        assertThat(windows.windows()).extracting(Windows.Window::predicted).containsExactly(2, 2);
        assertThat(windows.facts().tokens()).isEqualTo(8);
        assertThat(windows.facts().bos()).isEqualTo("tokenizer");
        assertThat(windows.facts().limited()).isFalse();
        assertThat(windows.tokens()).isEqualTo(6);
        assertThat(windows.longest()).isEqualTo(3);
    }

    @Test
    void documentsStandAloneAndAreCutAtTheWindow() {
        Windows windows = cut(ALL, document("1 2", 4), document("3 4 5 6 7", 4));

        assertThat(ids(windows)).containsExactly(List.of(0, 1, 2), List.of(0, 3, 4, 5));
    }

    @Test
    void aDocumentOfOneTokenPredictsNothingAndLeavesItsIndexUnused() {
        Windows windows = cut(ALL, document("1", 4), document("", 4), document("2 3", 4));

        assertThat(windows.windows()).extracting(Windows.Window::index).containsExactly(0, 2);
    }

    @Test
    void theFirstWindowsOrDocumentsAreTaken() {
        Windows stream = cut(OptionalInt.of(1), concat("1 2 3 4 5", 2));
        assertThat(ids(stream)).containsExactly(List.of(0, 1));
        assertThat(stream.facts().limited()).isTrue();
        assertThat(stream.facts().tokens()).isEqualTo(6);

        Windows documents = cut(OptionalInt.of(2), document("", 4), document("1", 4), document("2", 4));
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

    private static Windows cut(OptionalInt limit, Request... requests) {
        return Windows.cut("t", List.of(requests), new Numbers(), limit);
    }

    private static Request concat(String text, int window) {
        return new Request.Passage(text, Request.Cut.CONCAT, window);
    }

    private static Request document(String text, int window) {
        return new Request.Passage(text, Request.Cut.DOCUMENT, window);
    }

    private static List<List<Integer>> ids(Windows windows) {
        return windows.windows().stream()
                .map(window -> Arrays.stream(window.ids()).boxed().toList())
                .toList();
    }

    /** Every number is its own token; the BOS is 0. */
    private static final class Numbers implements Tokenizer {

        @Override
        public int[] encode(String text, boolean addSpecialTokens) {
            IntStream words = text.isEmpty()
                    ? IntStream.empty()
                    : Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt);
            return IntStream.concat(addSpecialTokens ? IntStream.of(0) : IntStream.empty(), words)
                    .toArray();
        }

        @Override
        public String decode(int[] ids) {
            return Arrays.toString(ids);
        }

        @Override
        public int vocabularySize() {
            return 100;
        }

        @Override
        public OptionalInt bos() {
            return OptionalInt.of(0);
        }

        @Override
        public OptionalInt eos() {
            return OptionalInt.empty();
        }

        @Override
        public boolean addsBos() {
            return true;
        }

        @Override
        public String fingerprint() {
            return "numbers";
        }
    }
}
