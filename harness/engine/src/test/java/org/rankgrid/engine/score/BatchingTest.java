package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.task.StreamFacts;

class BatchingTest {

    @Test
    void longSequencesRunFirstAndEqualOnesInTheirOrder() {
        TokenRequests requests = windows(3, 5, 3, 9);

        assertThat(passes(Batching.of(OptionalInt.of(2)), requests)).containsExactly(List.of(3, 1), List.of(0, 2));
        assertThat(passes(Batching.DEFAULT, requests)).containsExactly(List.of(3, 1, 0, 2));
    }

    @Test
    void aPassIsFilledUpTo2048Tokens() {
        assertThat(passes(Batching.DEFAULT, windows(1024, 1025, 1024, 5000)))
                .containsExactly(List.of(3), List.of(1), List.of(0, 2));
    }

    @Test
    void whatTheChoicesOfAnItemHaveInCommonIsCountedOnce() {
        TokenRequests item = item(
                new TokenSequence(new int[] {1, 2, 3, 4, 5}, 3), new TokenSequence(new int[] {1, 2, 3, 6, 7, 8}, 3));

        assertThat(Batching.DEFAULT.tokens(item)).isEqualTo(4 + 5);
        assertThat(sharing().tokens(item)).isEqualTo(3 + 1 + 2);
        assertThat(sharing().passes(item).getFirst().getFirst().shared()).isEqualTo(3);
    }

    @Test
    void everyChoiceKeepsARowOfItsOwn() {
        // All that is run of them is equal, only the tokens asked for differ.
        TokenRequests letters =
                item(new TokenSequence(new int[] {1, 2, 3, 4}, 3), new TokenSequence(new int[] {1, 2, 3, 5}, 3));
        assertThat(sharing().tokens(letters)).isEqualTo(2 + 1 + 1);

        TokenRequests brief =
                item(new TokenSequence(new int[] {1, 2}, 1), new TokenSequence(new int[] {1, 2, 3, 5}, 1));
        assertThat(sharing().tokens(brief)).isEqualTo(1 + 3);
    }

    @Test
    void nothingIsSharedByOneChoiceOrByThoseThatBeginDifferentlyOrByWindows() {
        assertThat(shared(item(new TokenSequence(new int[] {1, 2, 3}, 2)))).containsExactly(0);
        assertThat(shared(item(
                        new TokenSequence(new int[] {1, 2, 3, 4}, 2), new TokenSequence(new int[] {5, 2, 3, 4}, 2))))
                .containsExactly(0, 0);
        assertThat(shared(windows(4, 4))).containsExactly(0, 0);
    }

    private static Batching sharing() {
        return new Batching(OptionalInt.empty(), true);
    }

    private static List<Integer> shared(TokenRequests requests) {
        return sharing().passes(requests).stream()
                .flatMap(List::stream)
                .map(Bundle::shared)
                .toList();
    }

    private static List<List<Integer>> passes(Batching batching, TokenRequests requests) {
        return batching.passes(requests).stream()
                .map(pass -> pass.stream().map(Bundle::request).toList())
                .toList();
    }

    /** Windows of so many tokens that are run. */
    private static TokenRequests windows(int... rows) {
        return TokenRequests.ofWindows(IntStream.of(rows)
                .mapToObj(length -> IntStream.rangeClosed(0, length).toArray())
                .toList());
    }

    private static TokenRequests item(TokenSequence... sequences) {
        return new TokenRequests(
                List.of(new TokenRequest.Choices("t", 0, List.of(sequences))), new StreamFacts(0, "none", false, 0));
    }
}
