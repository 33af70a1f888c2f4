package org.rankgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rankgrid.results.cell.Item;

class AccuracyDifferenceTest {

    private static final Set<String> TASK = Set.of("t");

    @Test
    void countsWhatOnlyOneOfThemGetsRight() {
        // 22 items: 2 right only here, 5 right only in the baseline, 9 in both, 6 in none.
        AccuracyDifference difference = counted(2, 5, 9, 6);

        assertThat(difference.difference()).isCloseTo(-3 / 22.0, within(1e-15));
        assertThat(difference.items()).isEqualTo(22);
        // p = 3/24, q = 6/24: middle -1/8, variance (3/8 - 1/64)/24.
        assertThat(difference.centre()).isCloseTo(-0.125, within(1e-15));
        assertThat(difference.variance()).isCloseTo(0.359375 / 24, within(1e-15));
        assertThat(difference.error()).isCloseTo(1.959963984540054 * Math.sqrt(0.359375 / 24), within(1e-15));
        assertThat(difference.reach()).isCloseTo(difference.error() + 3 / 22.0 - 0.125, within(1e-15));
    }

    @Test
    void withoutADiscordantItemTheIntervalStillHasAWidth() {
        AccuracyDifference difference = counted(0, 0, 100, 98);

        assertThat(difference.difference()).isZero();
        assertThat(difference.error()).isCloseTo(1.959963984540054 * Math.sqrt(2 / 200.0 / 200.0), within(1e-15));
    }

    /** The interval's level, summed over all outcomes: the reason why it is not Student's. */
    @Test
    void keepsItsLevelWhereFewItemsAreDiscordant() {
        int n = 50;
        for (double[] discordant :
                new double[][] {{0.02, 0.005}, {0.05, 0.001}, {0.06, 0.01}, {0.1, 0.1}, {0.3, 0.1}}) {
            double covered = 0;
            double ofStudent = 0;
            for (int gained = 0; gained <= n; gained++) {
                for (int lost = 0; gained + lost <= n; lost++) {
                    double weight = trinomial(n, gained, lost, discordant[0], discordant[1]);
                    if (weight < 1e-12) {
                        continue;
                    }
                    double truth = discordant[0] - discordant[1];
                    AccuracyDifference difference = counted(gained, lost, 0, n - gained - lost);
                    covered += Math.abs(truth - difference.centre()) <= difference.error() ? weight : 0;
                    double mean = (gained - lost) / (double) n;
                    double error = 2.0096 * Math.sqrt(((gained + lost) / (double) n - mean * mean) / (n - 1));
                    ofStudent += Math.abs(truth - mean) <= error ? weight : 0;
                }
            }
            assertThat(covered).isBetween(0.95, 1.0);
            if (discordant[1] < 0.01) {
                assertThat(ofStudent).isLessThan(0.93);
            }
        }
    }

    @Test
    void valuesBetweenRightAndWrongHaveStudentsInterval() {
        List<Item> base = List.of(item("t", 0, 0, 0.5), item("t", 1, 0, 0.5), item("t", 2, 0, 0.25));
        List<Item> own = List.of(item("t", 0, 0, 0.75), item("t", 1, 0, 1), item("t", 2, 0, 0.25));

        AccuracyDifference difference =
                AccuracyDifference.of(own, base, TASK, "acc").orElseThrow();

        // Differences 1/4, 1/2 and 0: variance of the mean 1/48; 4.3027 for two degrees of freedom.
        assertThat(difference.difference()).isCloseTo(0.25, within(1e-15));
        assertThat(difference.centre()).isEqualTo(difference.difference());
        assertThat(difference.error()).isCloseTo(4.3027 * Math.sqrt(1 / 48.0), within(1e-12));
    }

    @Test
    void tasksCountTheSameInTheirMean() {
        AccuracyDifference mean = AccuracyDifference.mean(List.of(counted(2, 5, 9, 6), counted(3, 0, 1, 4)));

        // The second: 3/8; p = 4/10, q = 1/10, middle 0.3, variance (0.5 - 0.09)/10.
        double variance = (0.359375 / 24 + 0.041) / 4;
        assertThat(mean.difference()).isCloseTo((-3 / 22.0 + 3 / 8.0) / 2, within(1e-15));
        assertThat(mean.centre()).isCloseTo((-0.125 + 0.3) / 2, within(1e-15));
        assertThat(mean.variance()).isCloseTo(variance, within(1e-15));
        assertThat(mean.error()).isCloseTo(1.959963984540054 * Math.sqrt(variance), within(1e-15));
        assertThat(mean.items()).isEqualTo(30);
    }

    @Test
    void leavesOfAGroupAreTakenTogether() {
        List<Item> base = List.of(item("a", 0, 1, 0), item("a", 1, 0, 1), item("b", 0, 0, 0), item("c", 0, 0, 1));
        List<Item> own = List.of(item("b", 0, 0, 1), item("a", 0, 1, 1), item("a", 1, 0, 1), item("c", 0, 0, 0));

        assertThat(AccuracyDifference.of(own, base, Set.of("group", "a", "b"), "acc"))
                .hasValueSatisfying(difference -> {
                    assertThat(difference.items()).isEqualTo(3);
                    assertThat(difference.difference()).isCloseTo(2 / 3.0, within(1e-15));
                });
    }

    @Test
    void thereIsNoneWhereItemsDoNotPair() {
        List<Item> base = List.of(item("t", 0, 1, 0), item("t", 1, 0, 1));

        assertThat(AccuracyDifference.of(base, base, TASK, "acc")).isPresent();
        assertThat(AccuracyDifference.of(base, base, TASK, "acc_norm")).isEmpty();
        assertThat(AccuracyDifference.of(base, base, Set.of("u"), "acc")).isEmpty();
        assertThat(AccuracyDifference.of(base.subList(0, 1), base.subList(0, 1), TASK, "acc"))
                .isEmpty();
        assertThat(AccuracyDifference.of(base, base.subList(0, 1), TASK, "acc")).isEmpty();
        List<Item> others = List.of(item("t", 0, 1, 0), item("t", 2, 0, 1));
        assertThat(AccuracyDifference.of(others, base, TASK, "acc")).isEmpty();
        List<Item> otherGold = List.of(item("t", 0, 1, 0), item("t", 1, 1, 1));
        assertThat(AccuracyDifference.of(otherGold, base, TASK, "acc")).isEmpty();
        List<Item> contradicting = List.of(item("t", 0, 1, 0), item("t", 1, 0, 1), item("t", 1, 0, 0));
        assertThat(AccuracyDifference.of(contradicting, base, TASK, "acc")).isEmpty();
        assertThat(AccuracyDifference.of(contradicting, contradicting, TASK, "acc"))
                .isEmpty();
        List<Item> twice = List.of(item("t", 0, 1, 0), item("t", 0, 1, 0));
        assertThat(AccuracyDifference.of(twice, twice, TASK, "acc")).isEmpty();
    }

    private static AccuracyDifference counted(int gained, int lost, int both, int none) {
        List<Item> own = new ArrayList<>();
        List<Item> base = new ArrayList<>();
        for (int i = 0; i < gained + lost + both + none; i++) {
            boolean gain = i < gained;
            boolean loss = !gain && i < gained + lost;
            boolean right = !gain && !loss && i < gained + lost + both;
            own.add(item("t", i, 0, gain || right ? 1 : 0));
            base.add(item("t", i, 0, loss || right ? 1 : 0));
        }
        return AccuracyDifference.of(own, base, TASK, "acc").orElseThrow();
    }

    private static double trinomial(int n, int gained, int lost, double p, double q) {
        double logarithm = gained * Math.log(p) + lost * Math.log(q) + (n - gained - lost) * Math.log(1 - p - q);
        for (int i = 1; i <= gained; i++) {
            logarithm += Math.log((double) (n - gained + i) / i);
        }
        for (int i = 1; i <= lost; i++) {
            logarithm += Math.log((double) (n - gained - lost + i) / i);
        }
        return Math.exp(logarithm);
    }

    private static Item item(String task, int index, int gold, double acc) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("acc", acc);
        return new Item.Choice(task, index, List.of(-1.0, -2.0), gold, metrics);
    }
}
