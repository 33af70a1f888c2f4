package org.rankgrid.engine.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;

class TextOrderTest {

    private static final List<int[]> SEQUENCES = List.of(
            new int[] {0, 1, 2, 3, 4, 5, 6, 7}, new int[] {10, 11, 12, 13, 14, 15, 16, 17}, new int[] {20, 21, 22});

    @Test
    void everyPieceComesOnceBeforeAnyComesAgain() {
        TextOrder order = new TextOrder(SEQUENCES, 3, 5);

        List<int[]> epoch = order.at(0, 5);

        assertThat(epoch)
                .containsExactlyInAnyOrder(
                        new int[] {0, 1, 2},
                        new int[] {3, 4, 5},
                        new int[] {10, 11, 12},
                        new int[] {13, 14, 15},
                        new int[] {20, 21, 22});
        assertThat(order.at(5, 5)).containsExactlyInAnyOrderElementsOf(epoch);
    }

    @Test
    void theSamePlaceHasTheSameTextWheneverItIsAskedFor() {
        TextOrder order = new TextOrder(SEQUENCES, 2, 5);
        List<int[]> first = order.at(3, 4);
        order.at(40, 9);

        assertThat(order.at(3, 4)).containsExactlyElementsOf(first);
        assertThat(new TextOrder(SEQUENCES, 2, 5).at(3, 4))
                .usingRecursiveComparison()
                .isEqualTo(first);
    }

    @Test
    void epochsAndSeedsHaveOrdersOfTheirOwn() {
        TextOrder order = new TextOrder(SEQUENCES, 2, 0);

        assertThat(flat(order.at(0, 9))).isNotEqualTo(flat(order.at(9, 9)));
        assertThat(flat(order.at(9, 9))).isNotEqualTo(flat(new TextOrder(SEQUENCES, 2, 1).at(0, 9)));
        assertThat(flat(order.at(0, 9))).isNotEqualTo(flat(new TextOrder(SEQUENCES, 2, 1).at(0, 9)));
    }

    @Test
    void aBatchMayReachIntoTheNextEpoch() {
        TextOrder order = new TextOrder(SEQUENCES, 3, 5);

        assertThat(flat(order.at(3, 4)))
                .isEqualTo(flat(List.of(
                        order.at(3, 1).getFirst(),
                        order.at(4, 1).getFirst(),
                        order.at(5, 1).getFirst(),
                        order.at(6, 1).getFirst())));
    }

    @Test
    void piecesLongerThanAnySequenceAreRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> new TextOrder(SEQUENCES, 9, 0))
                .withMessage(
                        "masks are to be trained on pieces of 9 tokens, but the calibration sequences have 8: give the"
                                + " allocator a smaller length or 'calibration' a larger one");
    }

    private static List<Integer> flat(List<int[]> text) {
        return text.stream().flatMapToInt(Arrays::stream).boxed().toList();
    }
}
