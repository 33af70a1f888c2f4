package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

class EqualEnergyTest {

    private static final double DENSE = RankWish.DENSE;

    /** ALGORITHMS A.6: cost 16 a rank, dense 64, so that ranks from 4 on are no cheaper than dense. */
    @Test
    void reproducesTheMicroTest() {
        List<Layer> layers = Layers.of(new int[] {8, 8}, new int[] {8, 8});
        List<EnergyCurve> curves = List.of(
                EnergyCurve.of(new double[] {50, 20, 12, 8, 5, 3, 1.5, .5}, 0),
                EnergyCurve.of(new double[] {20, 18, 16, 14, 12, 10, 6, 4}, 0));
        check(EqualEnergy.within(64, layers, curves), 0.50, 1, 3);
        check(EqualEnergy.within(80, layers, curves), 0.54, 2, 3);
        check(EqualEnergy.within(96, layers, curves), 0.70, 2, DENSE);
        check(EqualEnergy.within(128, layers, curves), 1, DENSE, DENSE);
    }

    @Test
    void spendsTheRemainderOnWhoRetainsLeast() {
        List<Layer> layers = Layers.of(new int[] {8, 8}, new int[] {8, 8});
        EnergyCurve flat = EnergyCurve.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, 0);
        // e = 1/8 costs 32 and e = 2/8 costs 64: the rank left over goes to the first of two equals.
        check(EqualEnergy.within(48, layers, List.of(flat, flat)), 0.125, 2, 1);
    }

    @Test
    void givesRankOneWhereTheBudgetDoesNotReach() {
        List<Layer> layers = Layers.of(new int[] {8, 8}, new int[] {8, 8});
        EnergyCurve flat = EnergyCurve.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, 0);
        check(EqualEnergy.within(20, layers, List.of(flat, flat)), 0, 1, 1);
    }

    @Test
    void aLayerThatNoRankMakesSmallerIsDense() {
        List<Layer> layers = Layers.of(new int[] {1, 8}, new int[] {8, 8});
        List<EnergyCurve> curves =
                List.of(EnergyCurve.of(new double[] {5}, 0), EnergyCurve.of(new double[] {4, 3, 2, 1, 0, 0, 0, 0}, 0));
        check(EqualEnergy.within(40, layers, curves), 0.7, DENSE, 2);
    }

    @Test
    void agreesWithTryingEveryBreakpoint() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<Layer> layers = Layers.random(random, 1 + random.nextInt(5), 24);
            List<EnergyCurve> curves = new ArrayList<>();
            for (Layer layer : layers) {
                curves.add(EnergyCurve.of(spectrum(random, layer.fullRank()), random.nextInt(2)));
            }
            long dense = layers.stream().mapToLong(Layer::parameters).sum();
            long budget = dense * (20 + random.nextInt(81)) / 100;
            EqualEnergy found = EqualEnergy.within(budget, layers, curves);
            assertThat(found.share()).isEqualTo(naiveShare(budget, layers, curves));
            double[] wishes = found.wishes();
            for (int i = 0; i < wishes.length; i++) {
                Layer layer = layers.get(i);
                if (wishes[i] == DENSE) {
                    continue;
                }
                assertThat(wishes[i]).isBetween(1.0, (double) layer.largestSavingRank());
                assertThat(curves.get(i).retained((int) wishes[i])).isGreaterThanOrEqualTo(found.share());
                long step = wishes[i] == layer.largestSavingRank()
                        ? layer.parameters() - Math.round(wishes[i]) * layer.costOfRank()
                        : layer.costOfRank();
                assertThat(cost(layers, wishes) + step).isGreaterThan(budget);
            }
        }
    }

    @Test
    void refusesCurvesThatDoNotBelong() {
        List<Layer> layers = Layers.of(new int[] {8, 8});
        EnergyCurve curve = EnergyCurve.of(new double[] {1, 1}, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> EqualEnergy.within(64, layers, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EqualEnergy.within(64, layers, List.of(curve)))
                .withMessage("the energy curve of layer0 has 2 components, not 8");
    }

    private static double naiveShare(long budget, List<Layer> layers, List<EnergyCurve> curves) {
        TreeSet<Double> points = new TreeSet<>(List.of(1.0));
        for (int i = 0; i < layers.size(); i++) {
            for (int k = 1; k <= layers.get(i).largestSavingRank(); k++) {
                points.add(curves.get(i).retained(k));
            }
        }
        double best = 0;
        for (double share : points) {
            double[] ranks = new double[layers.size()];
            for (int i = 0; i < ranks.length; i++) {
                int k = 1;
                while (curves.get(i).retained(k) < share) {
                    k++;
                }
                ranks[i] = k > layers.get(i).largestSavingRank() ? DENSE : k;
            }
            best = cost(layers, ranks) <= budget ? share : best;
        }
        return best;
    }

    private static long cost(List<Layer> layers, double[] ranks) {
        long sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            Layer layer = layers.get(i);
            sum += ranks[i] == DENSE ? layer.parameters() : Math.round(ranks[i]) * layer.costOfRank();
        }
        return sum;
    }

    private static double[] spectrum(Random random, int length) {
        double[] values = random.doubles(length, 0, 4).map(Math::floor).sorted().toArray();
        for (int i = 0; i < length / 2; i++) {
            double swap = values[i];
            values[i] = values[length - 1 - i];
            values[length - 1 - i] = swap;
        }
        return values;
    }

    private static void check(EqualEnergy found, double share, double... wishes) {
        assertThat(found.share()).isCloseTo(share, within(1e-15));
        assertThat(found.wishes()).containsExactly(wishes);
    }
}
