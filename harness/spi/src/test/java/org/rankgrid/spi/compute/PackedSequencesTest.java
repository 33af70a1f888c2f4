package org.rankgrid.spi.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedSequencesTest {

    private final PackedSequences batch = PackedSequences.continuing(new int[] {3, 2, 1, 4}, new int[] {-1, 0, -1, 2});

    @Test
    void positionsOfAContinuationBeginWhereItsPrefixEnds() {
        assertThat(IntStream.range(0, 4).map(batch::first)).containsExactly(0, 3, 0, 1);
        assertThat(batch.longest()).isEqualTo(5);
        assertThat(batch.tokens()).isEqualTo(10);
    }

    @Test
    void aPositionIsARowOfThePrefixOrOfTheSequenceItself() {
        assertThat(IntStream.range(0, 5).map(p -> batch.row(1, p))).containsExactly(0, 1, 2, 3, 4);
        assertThat(IntStream.range(0, 5).map(p -> batch.row(3, p))).containsExactly(5, 6, 7, 8, 9);
        assertThat(IntStream.range(0, 3).map(p -> batch.row(0, p))).containsExactly(0, 1, 2);
        PackedSequences apart = PackedSequences.continuing(new int[] {2, 3, 1}, new int[] {-1, -1, 0});
        assertThat(IntStream.range(0, 3).map(p -> apart.row(2, p))).containsExactly(0, 1, 5);
    }

    @Test
    void continuingNothingIsTheSameAsPlain() {
        PackedSequences plain = PackedSequences.ofLengths(3, 2);
        PackedSequences alone = PackedSequences.continuing(new int[] {3, 2}, new int[] {-1, -1});
        assertThat(alone).isEqualTo(plain).hasSameHashCodeAs(plain);
        assertThat(alone.continued()).isFalse();
        assertThat(PackedSequences.continuing(new int[] {3, 2}, new int[] {-1, 0}))
                .isNotEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 1, 2, 3})
    void aPrefixIsAnEarlierSequenceThatContinuesNone(int prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedSequences.continuing(new int[] {3, 2, 1}, new int[] {-1, 0, prefix}))
                .withMessageContaining("sequence 2");
    }

    @Test
    void thereIsAPrefixForEverySequence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedSequences.continuing(new int[] {3, 2}, new int[] {-1}))
                .withMessageContaining("2")
                .withMessageContaining("1");
    }
}
