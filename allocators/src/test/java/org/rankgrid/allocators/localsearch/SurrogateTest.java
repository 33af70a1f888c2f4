package org.rankgrid.allocators.localsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.testkit.Inventory;

class SurrogateTest {

    private static final List<Layer> LAYERS = Inventory.MHA.layers();
    private static final int Q = 0;
    private static final int K = 1;
    private static final int NEXT_Q = 7;
    private static final int LAST_DOWN = LAYERS.size() - 1;

    @Test
    void believesTheDamagesAtFirst() {
        DamageCurves damages = DamageCurves.bySize(LAYERS);
        Surrogate surrogate = new Surrogate(LAYERS, damages, new Random(0));
        assertThat(surrogate.mean()).usingRecursiveComparison().isEqualTo(damages.damages());
        assertThat(surrogate.sample().get(Q)[3]).isNotEqualTo(surrogate.sample().get(Q)[3]);
    }

    @Test
    void aTrialOfOneLayerTellsMostAboutItAndSomethingAboutItsRole() {
        DamageCurves damages = DamageCurves.bySize(LAYERS);
        Surrogate surrogate = new Surrogate(LAYERS, damages, new Random(0));
        RankPlan from = uniform(12);
        RankPlan to = with(from, Q, 6);
        double believed = damages.of(to) - damages.of(from);
        surrogate.learn(from, to, 2 * believed, 0);
        double layer = scale(surrogate, damages, Q);
        double role = scale(surrogate, damages, NEXT_Q);
        double other = scale(surrogate, damages, LAST_DOWN);
        assertThat(layer).isBetween(1.8, 2.0);
        assertThat(role).isBetween(1.1, layer - 0.1);
        assertThat(scale(surrogate, damages, K)).isBetween(1.1, layer - 0.1);
        assertThat(other).isCloseTo(1, within(1e-12));
    }

    @Test
    void manyTrialsTeachItTheTruth() {
        DamageCurves damages = DamageCurves.bySize(LAYERS);
        Surrogate surrogate = new Surrogate(LAYERS, damages, new Random(0));
        Random random = new Random(5);
        RankPlan from = uniform(12);
        for (int trial = 0; trial < 300; trial++) {
            RankPlan to = from;
            for (int i = 0; i < LAYERS.size(); i++) {
                to = random.nextInt(3) == 0 ? with(to, i, 6 + random.nextInt(12)) : to;
            }
            double change = 0;
            for (int i = 0; i < LAYERS.size(); i++) {
                change += truth(i) * (damages.of(i, to) - damages.of(i, from));
            }
            surrogate.learn(from, to, change, 0);
        }
        for (int i = 0; i < LAYERS.size(); i++) {
            assertThat(scale(surrogate, damages, i)).as("layer %s", i).isCloseTo(truth(i), within(0.15));
        }
    }

    private static double truth(int i) {
        return 0.5 + i % 4 / 2.0;
    }

    /** The slope of the believed curve over that believed beforehand. */
    private static double scale(Surrogate surrogate, DamageCurves damages, int i) {
        double[] now = surrogate.mean().get(i);
        double[] before = damages.damages().get(i);
        return (now[4] - now[9]) / (before[4] - before[9]);
    }

    private static RankPlan uniform(int rank) {
        int[] ranks = new int[LAYERS.size()];
        Arrays.fill(ranks, rank);
        return new RankPlan(LAYERS, ranks);
    }

    private static RankPlan with(RankPlan plan, int i, int rank) {
        int[] ranks = new int[LAYERS.size()];
        for (int j = 0; j < ranks.length; j++) {
            ranks[j] = j == i ? rank : plan.rank(j);
        }
        return new RankPlan(LAYERS, ranks);
    }
}
