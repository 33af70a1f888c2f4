package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Request.Bos;

/** Windows drawn from documents. */
class ExcerptsTest {

    /** Documents of 3, 9, 5, 4, 8, 1 and 6 tokens. */
    private static final List<String> DOCUMENTS = List.of(
            numbers(0, 3),
            numbers(10, 9),
            numbers(20, 5),
            numbers(30, 4),
            numbers(40, 8),
            numbers(50, 1),
            numbers(60, 6));

    /** The expected windows are those of GPTQ's loop in Python 3.11. */
    @Test
    void windowsAreThoseThatPythonDraws() {
        TokenRequests drawn = draw(4, 5, OptionalInt.empty());

        assertThat(drawn.sequences())
                .extracting(sequence -> Arrays.stream(sequence.ids()).boxed().toList())
                .containsExactly(
                        List.of(61, 62, 63, 64),
                        List.of(61, 62, 63, 64),
                        List.of(20, 21, 22, 23),
                        List.of(61, 62, 63, 64),
                        List.of(20, 21, 22, 23));
        assertThat(drawn.facts().limited()).isFalse();
        assertThat(drawn.facts().tokens()).isEqualTo(20);
    }

    @Test
    void theFirstOfThemAreTaken() {
        TokenRequests drawn = draw(4, 5, OptionalInt.of(2));

        assertThat(drawn.requests()).hasSize(2);
        assertThat(drawn.facts().limited()).isTrue();
    }

    @Test
    void documentsThatAreAllTooShortAreASentence() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> draw(9, 5, OptionalInt.empty()))
                .withMessage("task t: none of 10000 documents drawn has more than 9 tokens, choose a smaller window or"
                        + " longer documents");
    }

    @Test
    void onlySoManyWindowsOfAPassageAreTaken() {
        Request passage = new Request.Passage(numbers(0, 9), Request.Cut.CONCAT, 2, 3, Bos.NONE);

        TokenRequests cut = TokenRequests.of("t", List.of(passage), Numbers.WITH_EOS, 100, OptionalInt.empty());

        assertThat(cut.requests()).hasSize(3);
        assertThat(cut.facts().limited()).isFalse();
    }

    private static TokenRequests draw(int window, int count, OptionalInt limit) {
        Request excerpts = new Request.Excerpts(DOCUMENTS, count, window, Bos.TOKENIZER);
        return TokenRequests.of("t", List.of(excerpts), Numbers.WITH_EOS, 100, limit);
    }

    private static String numbers(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }
}
