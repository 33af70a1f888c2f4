package org.rankgrid.allocators.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

class ExpansionTest {

    private static final double[] SCORES = {8, 6, 4, 2};
    private static final double[] PRODUCTS = {-1, 0.5, -0.25, 0.125};

    @Test
    void belowTheCurrentRankErrorsAreHalfTheScoresAndAboveItNothing() {
        Expansion plain = new Expansion(ComponentScore.SEQUENCES, false, 0);
        assertThat(plain.errors(SCORES, PRODUCTS, 3)).containsExactly(5, 2, 0, 0);
        assertThat(plain.errors(SCORES, PRODUCTS, 4)).containsExactly(6, 3, 1, 0);
    }

    @Test
    void firstOrderTermsPointBothWays() {
        Expansion expansion = new Expansion(ComponentScore.SEQUENCES, true, 0);
        assertThat(expansion.errors(SCORES, PRODUCTS, 2)).containsExactly(2.5, 0, -0.25, -0.125);
        assertThat(expansion.errors(SCORES, PRODUCTS, 4)).containsExactly(5.625, 3.125, 0.875, 0);
    }

    @Test
    void dropsTheLeastInformationOfTwoLayers() {
        List<Layer> layers = List.of(new Layer("q", 0, Role.Q, 6, 6), new Layer("k", 0, Role.K, 6, 6));
        double[] flat = {2, 2, 2, 2, 2, 2};
        double[] steep = {90, 1, 0, 0, 0, 0};
        Expansion expansion = new Expansion(ComponentScore.SEQUENCES, false, 0);
        RankPlan plan = expansion.next(RankPlan.dense(layers), List.of(gradient(flat), gradient(steep)), 48);
        assertThat(plan).isEqualTo(new RankPlan(layers, new int[] {RankPlan.DENSE, 1}));
    }

    @Test
    void theTrustRegionHoldsRanksNearThePlan() {
        List<Layer> layers = List.of(new Layer("q", 0, Role.Q, 40, 40), new Layer("k", 0, Role.K, 40, 40));
        RankPlan plan = new RankPlan(layers, new int[] {10, 10});
        double[] useful = new double[40];
        double[] useless = new double[40];
        for (int j = 0; j < 40; j++) {
            useful[j] = -1;
            useless[j] = 0;
        }
        ComponentGradient good = new ComponentGradient(1, 1, useful, new double[40], useless, useless, useless);
        ComponentGradient bad = new ComponentGradient(1, 1, useless, new double[40], useless, useless, useless);
        RankPlan next = new Expansion(ComponentScore.SEQUENCES, true, 0.3).next(plan, List.of(good, bad), 20 * 80);
        assertThat(next.rank(0)).isEqualTo(13);
        assertThat(next.rank(1)).isEqualTo(7);
    }

    private static ComponentGradient gradient(double[] scores) {
        double[] none = new double[scores.length];
        return new ComponentGradient(1, 1, none, scores, none, none, none);
    }
}
