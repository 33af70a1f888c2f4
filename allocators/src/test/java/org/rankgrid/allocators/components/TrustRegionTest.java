package org.rankgrid.allocators.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.LowerHull;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

class TrustRegionTest {

    /** Break-even at 20. */
    private static final List<Layer> LAYERS = List.of(
            new Layer("q", 0, Role.Q, 40, 40), new Layer("k", 0, Role.K, 40, 40), new Layer("v", 0, Role.V, 40, 40));

    private static final RankPlan PLAN = new RankPlan(LAYERS, new int[] {10, 10, RankPlan.DENSE});

    private static final TrustRegion REGION = new TrustRegion(PLAN, 0.2);

    private static double[] falling(double slope) {
        return IntStream.rangeClosed(1, 40).mapToDouble(k -> slope * (40 - k)).toArray();
    }

    @Test
    void ranksStayWithinTheirShare() {
        List<double[]> errors = List.of(falling(100), falling(1e-3), falling(1));
        RankPlan next = plan(REGION.curves(errors), 2 * 10 * 80 + 1600);
        assertThat(next).isEqualTo(new RankPlan(LAYERS, new int[] {12, 8, RankPlan.DENSE}));
    }

    @Test
    void aDenseLayerMayLeaveDense() {
        List<double[]> errors = List.of(falling(100), falling(100), falling(1e-6));
        RankPlan next = plan(REGION.curves(errors), (12 + 12 + 16) * 80);
        assertThat(next).isEqualTo(new RankPlan(LAYERS, new int[] {12, 12, 16}));
    }

    @Test
    void layersThatAreNotFreeStay() {
        List<double[]> errors = List.of(falling(100), falling(1e-3), falling(1e-3));
        RankPlan next = plan(REGION.curves(errors, i -> i == 2, i -> false), 2 * 10 * 80 + 1600);
        assertThat(next).isEqualTo(PLAN);
    }

    @Test
    void leapsGoToAndFromDense() {
        List<double[]> errors = List.of(falling(100), falling(1e-3), falling(1e-3));
        RankPlan next = plan(REGION.curves(errors, i -> true, i -> true), 1600 + 8 * 80 + 80);
        assertThat(next).isEqualTo(new RankPlan(LAYERS, new int[] {RankPlan.DENSE, 8, 1}));
    }

    @Test
    void aBudgetThatDoesNotPayForTheLowestRanksWins() {
        RankPlan next = plan(REGION.curves(List.of(falling(1), falling(1), falling(1))), 10 * 80);
        assertThat(next.parameters()).isLessThanOrEqualTo(800);
    }

    private static RankPlan plan(List<ErrorCurve> curves, long budget) {
        return LowerHull.within(budget, curves).plan();
    }
}
