package org.rankgrid.allocators.bayesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.numerics.PythonRandom;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.Inventory;

class SearchSpaceTest {

    @Test
    void countsWhatTheConfigurationsOfThePaperKeepOfLlama7B() {
        SearchSpace space = space(llama7B(2), "0.2", 1);
        assertThat(space.size()).isEqualTo(5);
        // ALGORITHMS B.2: the default configurations keep 0.742 and 0.675 of the block.
        assertThat(space.kept(new double[] {0.5, 0.5, 0.8, 0.8, 0.8})).isCloseTo(0.742, within(5e-4));
        assertThat(space.kept(new double[] {0.5, 0.5, 0.7, 0.7, 0.7})).isCloseTo(0.675, within(5e-4));
        assertThat(space.kept(new double[] {1.001, 1, 1, 1, 1})).isCloseTo(1, within(1e-12));
    }

    @Test
    void theFirstTrialIsThePublishedConfigurationShiftedToTheTarget() {
        SearchSpace space = space(llama7B(1), "0.2", 1);
        double[] start = space.start();
        assertThat(space.kept(start)).isCloseTo(0.8, within(1e-9)).isLessThanOrEqualTo(0.8);
        assertThat(start[1] - start[0]).isCloseTo(0, within(1e-9));
        assertThat(start[2] - start[0]).isCloseTo(0.3, within(1e-9));
        assertThat(LayerType.QK.start(0.3)).isEqualTo(0.5);
        assertThat(LayerType.QK.start(0)).isEqualTo(1);
        assertThat(LayerType.QK.start(0.65)).isCloseTo(0.25, within(1e-12));
        assertThat(LayerType.UP.start(0.3)).isEqualTo(0.7);
    }

    @ParameterizedTest
    @EnumSource
    void variablesAreTypesTimesGroupsOfBlocks(Inventory inventory) {
        List<Layer> layers = inventory.layers();
        boolean gated = layers.stream().anyMatch(layer -> layer.role() == Role.GATE);
        int types = gated ? 5 : 4;
        assertThat(space(layers, "0.2", 1).size()).isEqualTo(types);
        assertThat(space(layers, "0.2", 3).size()).isEqualTo(3 * types);
        // No more groups than blocks.
        assertThat(space(layers, "0.2", 100).size()).isEqualTo(3 * types);
        assertThat(space(layers, "0.2", 2).named(new double[2 * types]).keySet())
                .contains("qk.0", "down.1")
                .doesNotContain("v.0");
        assertThat(space(layers, "0.2", 1).named(new double[types]).sequencedKeySet())
                .first()
                .isEqualTo("qk");
    }

    @Test
    void groupsOfBlocksFollowEachOtherAndAreEqual() {
        List<Layer> layers = llama7B(8);
        SearchSpace space = space(layers, "0.5", 4);
        double[] point = new double[20];
        Arrays.fill(point, 0.25);
        Arrays.fill(point, 5, 10, 0.5);
        RankPlan plan = space.plan(point, 1);
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            int block = layer.block();
            double share = block == 2 || block == 3 ? 0.5 : 0.25;
            int expected = layer.role() == Role.V ? RankPlan.DENSE : (int) Math.ceil(share * layer.breakEvenRank());
            assertThat(plan.rank(i)).as("%s", layer).isEqualTo(expected);
        }
    }

    @Test
    void ranksAreRoundedInWideLayersOnly() {
        List<Layer> layers = List.of(
                new Layer("wide", 0, Role.O, 4096, 11008),
                new Layer("narrow", 0, Role.UP, 11008, 511),
                new Layer("whole", 0, Role.DOWN, 64, 64));
        SearchSpace space = SearchSpace.of(Budget.of(new BigDecimal("0.2"), layers), layers, 1, true, 0.2, 0.03);
        RankPlan plan = space.plan(new double[] {0.8, 0.8, 1}, 8);
        // 0.8 x 2985.2 = 2388.2, up to 2389, down to 2384; 0.8 x 488.3 = 390.6, up to 391.
        assertThat(plan.rank(0)).isEqualTo(2384);
        assertThat(plan.rank(1)).isEqualTo(391);
        assertThat(plan.isDense(2)).isTrue();
        assertThat(space.plan(new double[] {0.2001, 0.5, 0.999}, 1).isDense(2)).isTrue();
        assertThat(space.plan(new double[] {0.2001, 0.5, 0.9}, 1024).rank(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyRandomPointAndNeighbourIsFeasible(Inventory inventory) {
        PythonRandom random = new PythonRandom(3);
        for (String ratio : List.of("0.01", "0.1", "0.2", "0.5", "0.75", "0.9", "0.99")) {
            SearchSpace space = space(inventory.layers(), ratio, 2);
            double target = 1 - Double.parseDouble(ratio);
            double[] point = space.start();
            for (int i = 0; i < 50; i++) {
                assertThat(space.kept(point)).isBetween(target - 0.03 - 1e-9, target + 1e-9);
                assertThat(Arrays.stream(point))
                        .allMatch(value -> value >= space.lowest() && value <= SearchSpace.HIGHEST);
                assertThat(Arrays.stream(space.scaled(point))).allMatch(value -> value >= 0 && value <= 1);
                point = i % 2 == 0 ? space.random(random) : space.neighbour(point, i % space.size(), 0.2, random);
            }
        }
    }

    @Test
    void randomPointsReachTheDenseEnd() {
        PythonRandom random = new PythonRandom(0);
        SearchSpace space = space(Inventory.MHA.layers(), "0.2", 1);
        long dense = 0;
        for (int i = 0; i < 200; i++) {
            dense += Arrays.stream(space.random(random)).anyMatch(value -> value >= 1) ? 1 : 0;
        }
        assertThat(dense).isGreaterThan(50);
    }

    @Test
    void neighboursTradeBetweenTwoVariablesAndLeaveTheOthers() {
        PythonRandom random = new PythonRandom(5);
        SearchSpace space = space(Inventory.MHA.layers(), "0.2", 1);
        double[] point = space.shifted(new double[] {0.5, 0.5, 0.5, 1.001, 1.001}, 0.8);
        int trades = 0;
        int stillDense = 0;
        for (int i = 0; i < 400; i++) {
            double[] neighbour = space.neighbour(point, i % 3, 0.05, random);
            int moved = 0;
            for (int d = 0; d < point.length; d++) {
                moved += neighbour[d] != point[d] ? 1 : 0;
            }
            trades += moved <= 2 ? 1 : 0;
            stillDense += neighbour[3] >= 1 && neighbour[4] >= 1 ? 1 : 0;
        }
        assertThat(trades).isGreaterThan(100);
        assertThat(stillDense).isGreaterThan(100);
    }

    @Test
    void vIsAVariableWhereItCannotBePaidFor() {
        SearchSpace affordable = space(Inventory.MHA.layers(), "0.5", 1);
        assertThat(affordable.denseV()).isTrue();
        assertThat(affordable.lowest()).isEqualTo(0.2);
        SearchSpace tight = space(Inventory.MHA.layers(), "0.75", 1);
        assertThat(tight.denseV()).isFalse();
        assertThat(tight.size()).isEqualTo(6);
        assertThat(tight.lowest()).isEqualTo(0.125);
        assertThat(space(Inventory.MHA.layers(), "0.9", 1).lowest()).isCloseTo(0.05, within(1e-12));
    }

    private static SearchSpace space(List<Layer> layers, String ratio, int groups) {
        return SearchSpace.of(Budget.of(new BigDecimal(ratio), layers), layers, groups, true, 0.2, 0.03);
    }

    private static List<Layer> llama7B(int blocks) {
        List<Layer> layers = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            for (Role role : Role.values()) {
                int rows = role == Role.GATE || role == Role.UP ? 11008 : 4096;
                int columns = role == Role.DOWN ? 11008 : 4096;
                layers.add(new Layer("layers." + block + "." + role, block, role, rows, columns));
            }
        }
        return layers;
    }
}
