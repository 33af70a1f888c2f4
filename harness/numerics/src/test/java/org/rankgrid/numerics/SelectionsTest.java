package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.numerics.KnapsackProgram.Effort;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

/** Hull and knapsack against each other and against trying everything. */
class SelectionsTest {

    /** How the scores of a layer fall. */
    enum Fall {
        STEEP,
        FLAT,
        ZERO,
        RANDOM,
        RISING
    }

    @ParameterizedTest
    @EnumSource
    void knapsackFindsWhatTryingEverythingFinds(Fall fall) {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            List<ErrorCurve> curves = curves(random, fall, random.nextBoolean());
            long budget = budget(random, curves);
            Selection best = Knapsack.within(budget, curves);
            Selection hull = LowerHull.within(budget, curves);
            double least = leastError(curves, 0, budget);
            assertThat(best.plan().parameters()).isLessThanOrEqualTo(budget);
            assertThat(best.error()).as("round %s", round).isCloseTo(least, within(1e-9));
            assertThat(best.provenBest()).isTrue();
            assertThat(hull.plan().parameters()).isLessThanOrEqualTo(budget);
            assertThat(hull.error()).isGreaterThanOrEqualTo(least - 1e-9);
            assertThat(hull.lowerBound()).isLessThanOrEqualTo(least + 1e-9);
        }
    }

    @Test
    void withTooLittleEffortTheAnswerIsStillAPlanWithABound() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            List<ErrorCurve> curves = curves(random, Fall.RANDOM, true);
            long budget = budget(random, curves);
            Selection hurried = Knapsack.within(budget, curves, new Effort(16, 20));
            assertThat(hurried.plan().parameters()).isLessThanOrEqualTo(budget);
            assertThat(hurried.error())
                    .isLessThanOrEqualTo(LowerHull.within(budget, curves).error());
            assertThat(hurried.lowerBound()).isLessThanOrEqualTo(leastError(curves, 0, budget) + 1e-9);
        }
    }

    @Test
    void theHullIsThePlainGreedyChoiceWithoutDenseLayers() {
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            List<Layer> layers = new ArrayList<>();
            List<double[]> spectra = new ArrayList<>();
            List<ErrorCurve> curves = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                layers.add(layer(random, i));
                spectra.add(scores(random, Fall.STEEP, layers.get(i).fullRank()));
                curves.add(ErrorCurve.ofTail(layers.get(i), spectra.get(i), false));
            }
            long budget = budget(random, curves);
            assertThat(LowerHull.within(budget, curves).plan()).isEqualTo(greedy(budget, layers, spectra));
        }
    }

    @Test
    void aBudgetForNothingLeavesTheCheapestPoints() {
        List<ErrorCurve> curves = curves(new Random(1), Fall.RANDOM, true);
        int[] cheapest = curves.stream().mapToInt(curve -> curve.rank(0)).toArray();
        for (Selection selection : List.of(LowerHull.within(1, curves), Knapsack.within(1, curves))) {
            for (int i = 0; i < cheapest.length; i++) {
                assertThat(selection.plan().rank(i)).isEqualTo(cheapest[i]);
            }
        }
    }

    /** The linear layers of a model of 135 million parameters, whose program in the smallest unit has 442,368 of them. */
    @Test
    void provesThePlanOfAWholeModelBest() {
        List<ErrorCurve> curves = new ArrayList<>();
        for (int block = 0; block < 30; block++) {
            for (Role role : Role.values()) {
                int rows = role == Role.K || role == Role.V ? 192 : role == Role.GATE || role == Role.UP ? 1536 : 576;
                Layer layer = new Layer(role + "." + block, block, role, rows, role == Role.DOWN ? 1536 : 576);
                double power = 0.5 + 0.3 * (curves.size() % 5);
                double[] scores = new double[layer.fullRank()];
                double scale = 1 + block % 4;
                Arrays.setAll(scores, j -> scale * Math.pow(j + 1, -power));
                curves.add(ErrorCurve.ofTail(layer, scores, true));
            }
        }
        long dense =
                curves.stream().mapToLong(curve -> curve.layer().parameters()).sum();
        Selection best = Knapsack.within(dense / 10 * 8, curves);
        assertThat(best.provenBest()).isTrue();
        assertThat(best.error())
                .isLessThanOrEqualTo(LowerHull.within(dense / 10 * 8, curves).error());
    }

    private static List<ErrorCurve> curves(Random random, Fall fall, boolean dense) {
        List<ErrorCurve> curves = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Layer layer = layer(random, i);
            double[] scores = scores(random, fall, layer.fullRank());
            curves.add(
                    fall == Fall.RISING
                            ? ErrorCurve.of(layer, scores, dense)
                            : ErrorCurve.ofTail(layer, scores, dense));
        }
        return curves;
    }

    private static Layer layer(Random random, int index) {
        return new Layer("w" + index, 0, Role.Q, 1 + random.nextInt(12), 1 + random.nextInt(12));
    }

    private static double[] scores(Random random, Fall fall, int length) {
        double[] scores = new double[length];
        double scale = 1 + random.nextInt(3);
        for (int j = 0; j < length; j++) {
            scores[j] = switch (fall) {
                case STEEP -> scale * Math.pow(j + 1, -1.5);
                case FLAT -> 1;
                case ZERO -> 0;
                case RANDOM -> random.nextDouble();
                case RISING -> random.nextGaussian();
            };
        }
        return scores;
    }

    private static long budget(Random random, List<ErrorCurve> curves) {
        long least = curves.stream().mapToLong(curve -> curve.cost(0)).sum();
        long most = curves.stream()
                .mapToLong(curve -> curve.cost(curve.points() - 1))
                .sum();
        return least + random.nextLong(most - least + 3);
    }

    private static double leastError(List<ErrorCurve> curves, int from, long budget) {
        if (from == curves.size()) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        ErrorCurve curve = curves.get(from);
        for (int point = 0; point < curve.points() && curve.cost(point) <= budget; point++) {
            least = Math.min(least, curve.error(point) + leastError(curves, from + 1, budget - curve.cost(point)));
        }
        return least;
    }

    private static RankPlan greedy(long budget, List<Layer> layers, List<double[]> spectra) {
        int[] ranks = new int[layers.size()];
        boolean[] stopped = new boolean[ranks.length];
        long left = budget;
        for (int i = 0; i < ranks.length; i++) {
            Layer layer = layers.get(i);
            stopped[i] = layer.largestSavingRank() == 0;
            ranks[i] = stopped[i] ? RankPlan.DENSE : 1;
            left -= stopped[i] ? layer.parameters() : layer.costOfRank();
        }
        while (true) {
            int best = -1;
            double most = -1;
            for (int i = 0; i < ranks.length; i++) {
                if (!stopped[i] && ranks[i] < layers.get(i).largestSavingRank()) {
                    double gain = spectra.get(i)[ranks[i]] / layers.get(i).costOfRank();
                    if (gain > most) {
                        most = gain;
                        best = i;
                    }
                }
            }
            if (best < 0) {
                return new RankPlan(layers, ranks);
            }
            if (layers.get(best).costOfRank() > left) {
                stopped[best] = true;
            } else {
                left -= layers.get(best).costOfRank();
                ranks[best]++;
            }
        }
    }
}
