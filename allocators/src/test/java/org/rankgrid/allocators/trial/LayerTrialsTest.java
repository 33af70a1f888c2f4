package org.rankgrid.allocators.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.Knapsack;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.Inventory;

class LayerTrialsTest {

    private static final Layer LAYER = new Layer("layer", 0, Role.O, 10, 10);

    @Test
    void changesOneLayerAlone() {
        RankPlan dense = RankPlan.dense(Inventory.GQA.layers());
        RankPlan changed = LayerTrials.changed(dense, 3, 7);
        for (int i = 0; i < dense.layers().size(); i++) {
            assertThat(changed.rank(i)).isEqualTo(i == 3 ? 7 : RankPlan.DENSE);
        }
        assertThat(LayerTrials.changed(changed, 3, RankPlan.DENSE)).isEqualTo(dense);
    }

    @Test
    void aSharesRankIsRoundedDownAndDensePastTheLargestThatSaves() {
        // 10 x 10 costs 20 a rank: 4 ranks save, 5 do not.
        assertThat(LayerTrials.rank(LAYER, 0.39)).isEqualTo(1);
        assertThat(LayerTrials.rank(LAYER, 0.6)).isEqualTo(3);
        assertThat(LayerTrials.rank(LAYER, 0.99)).isEqualTo(4);
        assertThat(LayerTrials.rank(LAYER, 1)).isEqualTo(RankPlan.DENSE);
        assertThat(LayerTrials.rank(LAYER, 0.01)).isEqualTo(1);
        assertThat(LayerTrials.rank(new Layer("thin", 0, Role.O, 1, 1), 0.5)).isEqualTo(RankPlan.DENSE);
    }

    @Test
    void betweenMeasuredRanksACurveIsAsGoodAsAtTheLowerOne() {
        NavigableMap<Integer, Double> errors = new TreeMap<>();
        errors.put(2, 5.0);
        errors.put(4, 3.0);
        errors.put(RankPlan.DENSE, 1.0);
        ErrorCurve curve = MeasuredCurve.of(LAYER, errors, 100);
        double[] expected = {105, 5, 5, 3, 1};
        assertThat(curve.points()).isEqualTo(5);
        for (int point = 0; point < 5; point++) {
            assertThat(curve.error(point)).isEqualTo(expected[point]);
        }
    }

    @Test
    void noLayerGoesBelowItsMeasuredRanksWhileItCanBePaidFor() {
        NavigableMap<Integer, Double> errors = new TreeMap<>();
        errors.put(2, 5.0);
        errors.put(RankPlan.DENSE, 1.0);
        List<ErrorCurve> curves = List.of(MeasuredCurve.of(LAYER, errors, 9), MeasuredCurve.of(LAYER, errors, 9));
        RankPlan tight = Knapsack.within(120, curves).plan();
        assertThat(List.of(tight.rank(0), tight.rank(1))).containsOnly(2);
        RankPlan loose = Knapsack.within(140, curves).plan();
        assertThat(List.of(loose.rank(0), loose.rank(1))).containsExactlyInAnyOrder(2, RankPlan.DENSE);
        RankPlan impossible = Knapsack.within(60, curves).plan();
        assertThat(impossible.parameters()).isEqualTo(60);
    }
}
