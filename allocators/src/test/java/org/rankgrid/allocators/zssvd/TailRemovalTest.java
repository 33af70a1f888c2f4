package org.rankgrid.allocators.zssvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.zssvd.TailRemoval.Order;
import org.rankgrid.allocators.zssvd.TailRemoval.Rule;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

class TailRemovalTest {

    /** The micro-test of ALGORITHMS D.7: two 10 x 10 modules, k* = 4. */
    private static final List<Layer> LAYERS =
            List.of(new Layer("a", 0, Role.Q, 10, 10), new Layer("b", 0, Role.K, 10, 10));

    private static final double[][] CHANGES = {
        changes(new double[] {10, 8, 6, 5, 4, 3, 2, 1, .5, .2}, new double[] {.1, -.1, .2, -.2, .1, .1, -.1, .1, .1, -.1
        }),
        changes(
                new double[] {9, 7, 5, 3, 2, 1.5, 1, .5, .3, .1},
                new double[] {-.1, .1, .1, -.1, .2, -.2, .1, -.1, .1, .1})
    };

    @Test
    void theFirstToGoAreThoseOfTheMicroTest() {
        // In single steps of no credit: A (.02), B (-.01), B (-.03), B (.05), A (-.05).
        assertThat(ranksAfter(1)).containsExactly(9, 10);
        assertThat(ranksAfter(2)).containsExactly(9, 9);
        assertThat(ranksAfter(3)).containsExactly(9, 8);
        assertThat(ranksAfter(4)).containsExactly(9, 7);
        assertThat(ranksAfter(5)).containsExactly(8, 7);
    }

    @Test
    void theLaggingAccountingRemovesMoreThanItCounts() {
        TailRemoval removal = run(60, Order.ZERO_SUM, true, 0);
        assertThat(removal.wish()).isEqualTo(new RankWish(3, 2));
        assertThat(removal.credited()).isEqualTo(60);
        assertThat(200 - 20 * (3 + 2)).isEqualTo(100);
    }

    @Test
    void theExactAccountingCountsWhatIsSaved() {
        TailRemoval removal = run(60, Order.ZERO_SUM, false, 0);
        RankWish wish = removal.wish();
        double kept = 0;
        for (int i = 0; i < 2; i++) {
            kept += wish.rank(i) == RankWish.DENSE ? 100 : 20 * wish.rank(i);
        }
        assertThat(200 - kept).isEqualTo((double) removal.credited()).isBetween(60.0, 79.0);
    }

    @Test
    void smallestTakesTheLeastChangeOfAnySign() {
        // B -.01, A .02, B -.03, then A -.05, which was bared before B .05.
        TailRemoval removal = firstToReach(Order.SMALLEST, 4);
        assertThat(new int[] {removal.rank(0), removal.rank(1)}).containsExactly(8, 8);
        assertThat(removal.sum()).isCloseTo(-.01 + .02 - .03 - .05, within(1e-12));
    }

    @Test
    void negativeSumTakesWhatPromisesMost() {
        // Tails are .02 and -.01, then B offers -.03 and +.05: A's .02 comes before it and bares -.05 and -.1.
        TailRemoval removal = firstToReach(Order.NEGATIVE_SUM, 5);
        assertThat(new int[] {removal.rank(0), removal.rank(1)}).containsExactly(7, 8);
    }

    @Test
    void theSumStaysWithinOneChangeOfZeroWhileThereAreBothSigns() {
        Random random = new Random(8);
        List<Layer> layers = IntStream.range(0, 20)
                .mapToObj(i -> new Layer("w" + i, i, Role.Q, 60, 60))
                .toList();
        double[][] changes = layers.stream()
                .map(layer -> random.doubles(60, -1, 1).toArray())
                .toArray(double[][]::new);
        for (long quota = 1000; quota < 30_000; quota += 1000) {
            TailRemoval removal = TailRemoval.run(layers, changes, quota, new Rule(Order.ZERO_SUM, true, 0));
            assertThat(Math.abs(removal.sum())).isLessThanOrEqualTo(1);
            TailRemoval unbalanced = TailRemoval.run(layers, changes, quota, new Rule(Order.NEGATIVE_SUM, true, 0));
            assertThat(unbalanced.sum()).isLessThan(-1);
        }
    }

    @Test
    void theFloorHolds() {
        TailRemoval removal = run(1000, Order.ZERO_SUM, true, 0.5);
        assertThat(removal.wish()).isEqualTo(new RankWish(2, 2));
        assertThat(run(1000, Order.ZERO_SUM, true, 0).wish()).isEqualTo(new RankWish(1, 1));
    }

    @Test
    void nothingGoesForNothing() {
        assertThat(run(0, Order.ZERO_SUM, true, 0).wish()).isEqualTo(new RankWish(RankWish.DENSE, RankWish.DENSE));
    }

    private static TailRemoval run(long quota, Order order, boolean lagging, double floor) {
        return TailRemoval.run(LAYERS, CHANGES, quota, new Rule(order, lagging, floor));
    }

    private static int[] ranksAfter(int removals) {
        TailRemoval removal = firstToReach(Order.ZERO_SUM, removals);
        return new int[] {removal.rank(0), removal.rank(1)};
    }

    /** The state after so many removals: layers wide enough that each one is credited from the first. */
    private static TailRemoval firstToReach(Order order, int removals) {
        List<Layer> wide = IntStream.range(0, 2)
                .mapToObj(i -> new Layer("wide" + i, 0, Role.Q, 10, 1_000_000))
                .toList();
        // k* = 9 of 10, so that each removal saves something.
        long quota = 0;
        TailRemoval removal = TailRemoval.run(wide, CHANGES, quota, new Rule(order, false, 0));
        while (20 - removal.rank(0) - removal.rank(1) < removals) {
            quota = removal.credited() + 1;
            removal = TailRemoval.run(wide, CHANGES, quota, new Rule(order, false, 0));
        }
        assertThat(20 - removal.rank(0) - removal.rank(1)).isEqualTo(removals);
        return removal;
    }

    private static double[] changes(double[] values, double[] gradients) {
        double[] changes = new double[values.length];
        for (int j = 0; j < changes.length; j++) {
            changes[j] = -values[j] * gradients[j];
        }
        return changes;
    }
}
