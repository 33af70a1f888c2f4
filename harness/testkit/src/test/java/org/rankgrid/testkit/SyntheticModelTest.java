package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.MaskObjective.Batch;
import org.rankgrid.spi.allocate.MaskObjective.MaskGradient;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.testkit.SyntheticStatistics.Kind;

/** The oracles of the synthetic model agree with each other and with finite differences. */
class SyntheticModelTest {

    private static final List<Layer> LAYERS = Inventory.GQA.layers();

    private static SyntheticStatistics statistics(Kind kind) {
        return new SyntheticStatistics(EnumSet.allOf(Need.class), LAYERS, kind);
    }

    private static RankPlan somePlan() {
        int[] ranks = new int[LAYERS.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = i % 4 == 3 ? RankPlan.DENSE : 1 + 5 * i % LAYERS.get(i).largestSavingRank();
        }
        return new RankPlan(LAYERS, ranks);
    }

    private static List<float[]> masks(RankPlan plan) {
        return LAYERS.stream()
                .map(layer -> {
                    int kept = plan.rank(LAYERS.indexOf(layer));
                    float[] mask = new float[layer.fullRank()];
                    for (int j = 0; j < mask.length; j++) {
                        mask[j] = j < kept ? 1 : 0;
                    }
                    return mask;
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aPlanAndItsMasksHaveTheSameLoss(Kind kind) {
        SyntheticModel model = statistics(kind).model();
        assertThat(model.loss(masks(somePlan()))).isCloseTo(model.loss(somePlan()), within(1e-12));
        assertThat(model.loss(RankPlan.dense(LAYERS))).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void gradientsOfMasksAreFiniteDifferences(Kind kind) {
        SyntheticStatistics statistics = statistics(kind);
        Batch batch = new Batch(3, 2, 16);
        List<float[]> masks = masks(somePlan());
        masks.get(5)[2] = 0.25f;
        MaskGradient at = statistics.masks().evaluate(masks, batch);
        float step = 1f / 1024;
        for (int i = 0; i < LAYERS.size(); i += 5) {
            for (int j : new int[] {0, 2, LAYERS.get(i).fullRank() - 1}) {
                float[] mask = masks.get(i);
                float value = mask[j];
                mask[j] = value + step;
                double above = statistics.masks().evaluate(masks, batch).nll();
                mask[j] = value - step;
                double below = statistics.masks().evaluate(masks, batch).nll();
                mask[j] = value;
                assertThat(at.gradients().get(i)[j]).isCloseTo((above - below) / (2 * step), within(1e-7));
            }
        }
    }

    @Test
    void aTrialOnAllSequencesMeansTheLoss() {
        SyntheticStatistics statistics = statistics(Kind.REALISTIC);
        Trial trial = statistics.trials().score(somePlan(), statistics.trials().sequences(), true);
        assertThat(trial.meanNll()).isCloseTo(statistics.model().loss(somePlan()), within(1e-12));
        assertThat(trial.divergence()).hasSize(8);
        assertThat(Arrays.stream(trial.divergence()).min().orElseThrow()).isPositive();
        assertThat(trial.nll()).doesNotHaveDuplicates();
    }

    @Test
    void aChallengeStopsWhereItIsClearlyWorse() {
        SyntheticTrials trials = statistics(Kind.REALISTIC).trials();
        Trial dense = trials.score(RankPlan.dense(LAYERS), 8, false);
        Trial worse = trials.challenge(somePlan(), dense, 2);
        assertThat(worse.complete()).isFalse();
        assertThat(worse.nll()).hasSize(4);
        Trial better = trials.challenge(RankPlan.dense(LAYERS), trials.score(somePlan(), 8, false), 2);
        assertThat(better).usingRecursiveComparison().isEqualTo(dense);
        assertThat(trials.calls()).isEqualTo(4);
        assertThat(trials.distinctPlans()).isEqualTo(2);
    }

    @Test
    void allScoresOfComponentsAreProportionalToCurvatureAtTheDenseModel() {
        SyntheticStatistics statistics = statistics(Kind.REALISTIC);
        List<ComponentGradient> dense = statistics.gradients().components(RankPlan.dense(LAYERS), 0, 16);
        for (int i = 0; i < LAYERS.size(); i++) {
            double[] h = statistics.model().curvatures(i);
            ComponentGradient of = dense.get(i);
            for (int j = 0; j < h.length; j++) {
                assertThat(of.products()[j]).isCloseTo(0, within(1e-12));
                assertThat(of.squaredSequenceProducts()[j] / of.tokens()).isCloseTo(h[j], within(1e-12));
                assertThat(of.squaredProducts()[j] / of.tokens() / 9 * 8).isCloseTo(h[j], within(1e-12));
            }
        }
    }

    @Test
    void productsAreDerivativesOfTheSummedLoss() {
        SyntheticStatistics statistics = statistics(Kind.REALISTIC);
        List<ComponentGradient> at = statistics.gradients().components(somePlan(), 0, 16);
        List<float[]> masks = masks(somePlan());
        float step = 1f / 1024;
        for (int i = 0; i < LAYERS.size(); i++) {
            int j = LAYERS.get(i).fullRank() - 1;
            float value = masks.get(i)[j];
            masks.get(i)[j] = value + step;
            double above = statistics.model().loss(masks);
            masks.get(i)[j] = value - step;
            double below = statistics.model().loss(masks);
            masks.get(i)[j] = value;
            assertThat(at.get(i).products()[j] / at.get(i).tokens())
                    .isCloseTo((above - below) / (2 * step), within(1e-6));
        }
    }

    @Test
    void everyOracleHasToBeDeclared() {
        SyntheticStatistics none = new SyntheticStatistics(Set.of(), LAYERS, Kind.TIED);
        assertThatIllegalStateException().isThrownBy(none::gradients);
        assertThatIllegalStateException().isThrownBy(none::trials);
        assertThatIllegalStateException().isThrownBy(none::masks);
        assertThatIllegalStateException().isThrownBy(none::start);
    }

    @Test
    void thePlanToStartFromIsUniformAndMeetsTheBudget() {
        Budget budget = Budget.of(new BigDecimal("0.5"), LAYERS);
        RankPlan start = new SyntheticStatistics(Set.of(Need.START), LAYERS, Kind.ZERO, budget).start();
        assertThat(budget.parameters() - start.parameters()).isBetween(0L, 200L);
        assertThat(start.rank(0)).isBetween(12, 13);
    }
}
