package org.rankgrid.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

class ApportionmentTest {

    private static final int DENSE = RankPlan.DENSE;

    @Test
    void ratioZeroLeavesEverythingDense() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            List<Layer> layers = Layers.random(random, 12, 40);
            RankWish wish = new RankWish(random.doubles(12, 0, 30).toArray());
            assertThat(repair("0", layers, wish)).isEqualTo(RankPlan.dense(layers));
        }
    }

    @Test
    void sharesInProportionToTheWish() {
        List<Layer> layers = Layers.of(new int[] {40, 40}, new int[] {40, 40}, new int[] {40, 40});
        // 2400 parameters pay for 30 ranks of 80; k* is 19.
        assertThat(ranks(repair("0.5", layers, new RankWish(1, 2, 3)))).containsExactly(5, 10, 15);
        assertThat(ranks(repair("0.5", layers, new RankWish(10, 10, 10)))).containsExactly(10, 10, 10);
        assertThat(ranks(repair("0.5", layers, new RankWish(0.1, 0.1, 0.8)))).containsExactly(5, 5, DENSE);
    }

    @Test
    void theLowestIndexWinsATie() {
        List<Layer> layers = Layers.of(new int[] {40, 40}, new int[] {40, 40}, new int[] {40, 40});
        // 0.49 of 4800 is 2352: 29 ranks.
        assertThat(ranks(repair("0.51", layers, new RankWish(7, 7, 7)))).containsExactly(10, 10, 9);
    }

    @Test
    void equalFractionsOfBreakEvenTieAcrossShapes() {
        // Uniform at 0.2 on stories260K: 27 / 25.6 = 18 / (256 / 15) exactly, and the first layer has to win.
        List<Layer> layers = Layers.of(new int[] {64, 64}, new int[] {32, 64});
        for (double nudged : new double[] {Math.nextDown(256.0 / 15), 256.0 / 15, Math.nextUp(256.0 / 15)}) {
            RankPlan plan =
                    Apportionment.repair(budget(layers, 26 * 128 + 17 * 96 + 128), layers, new RankWish(25.6, nudged));
            assertThat(ranks(plan)).as("wish %s", nudged).containsExactly(27, 17);
        }
    }

    @Test
    void aRankPastTheLargestSavingOneIsDense() {
        List<Layer> layers = Layers.of(new int[] {40, 40}, new int[] {40, 40}, new int[] {40, 40});
        // k* is 19 and break-even 20, so 19.5 is past k*.
        assertThat(ranks(repair("0.5", layers, new RankWish(19.5, 1, 1)))).containsExactly(DENSE, 5, 5);
        assertThat(ranks(repair("0.5", layers, new RankWish(RankWish.DENSE, 1, 1))))
                .containsExactly(DENSE, 5, 5);
        assertThat(ranks(repair("0.5", layers, new RankWish(19, 1, 1)))).containsExactly(DENSE, 5, 5);
        assertThat(ranks(repair("0.5", layers, new RankWish(18, 6, 6)))).containsExactly(18, 6, 6);
    }

    @Test
    void denseWishesThatDoNotFitTakePartAtBreakEven() {
        List<Layer> layers = Layers.of(new int[] {40, 40}, new int[] {40, 40}, new int[] {40, 40});
        RankWish wish = new RankWish(RankWish.DENSE, RankWish.DENSE, 10);
        // Two dense layers and one of rank 1 cost 3280, more than 2400: weights 20, 20 and 10.
        assertThat(ranks(repair("0.5", layers, wish))).containsExactly(12, 12, 6);
    }

    @Test
    void aWishOfNothingIsAWishOfVeryLittle() {
        List<Layer> layers = Layers.of(new int[] {40, 40}, new int[] {40, 40});
        assertThat(ranks(repair("0.5", layers, new RankWish(0, 0)))).containsExactly(10, 10);
        assertThat(ranks(repair("0.6", layers, new RankWish(0, 5)))).containsExactly(1, 15);
    }

    @Test
    void aLayerThatNoRankMakesSmallerIsAlwaysDense() {
        List<Layer> layers = Layers.of(new int[] {1, 40}, new int[] {2, 2}, new int[] {40, 40});
        assertThat(ranks(repair("0.9", layers, new RankWish(0, 0.5, 5)))).containsExactly(DENSE, DENSE, 1);
    }

    @Test
    void aBudgetBelowRankOneIsToldInOneSentence() {
        List<Layer> layers = Layers.of(new int[] {40, 40}, new int[] {40, 40});
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> repair("0.96", layers, new RankWish(1, 1)))
                .withMessage("ratio 0.96 leaves 128 of 3,200 parameters, but rank 1 in each of the 2 layers needs 160: "
                        + "use a ratio of at most 0.95.");
        assertThat(ranks(repair("0.95", layers, new RankWish(1, 1)))).containsExactly(1, 1);
        List<Layer> tiny = Layers.of(new int[] {1, 2});
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> repair("0.5", tiny, new RankWish(1)))
                .withMessageEndingWith("this model is too small to compress.");
    }

    @Test
    void refusesAWishOfAnotherSize() {
        List<Layer> layers = Layers.of(new int[] {40, 40});
        assertThatIllegalArgumentException().isThrownBy(() -> repair("0.5", layers, new RankWish(1, 1)));
    }

    @Test
    void agreesWithANaiveLoopInExactArithmetic() {
        Random random = new Random(7);
        String[] ratios = {"0.05", "0.1", "0.25", "0.5", "0.6"};
        for (int round = 0; round < 400; round++) {
            List<Layer> layers = Layers.random(random, 1 + random.nextInt(9), 64);
            double[] wishes = new double[layers.size()];
            for (int i = 0; i < wishes.length; i++) {
                // Small multiples of 1/4, so that ties are frequent.
                wishes[i] = random.nextInt(6) == 0 ? RankWish.DENSE : random.nextInt(120) / 4.0;
            }
            Budget budget = Budget.of(new BigDecimal(ratios[round % ratios.length]), layers);
            int[] expected = naive(budget.parameters(), layers, wishes);
            if (expected.length > 0) {
                assertThat(ranks(Apportionment.repair(budget, layers, new RankWish(wishes))))
                        .as("%s, %s within %s", layers, Arrays.toString(wishes), budget)
                        .containsExactly(expected);
            }
        }
    }

    /** ALGORITHMS 0.4 word by word, with wishes in units of 1 / (4 * 10^6) and break-even as a fraction; empty if too small. */
    private static int[] naive(long budget, List<Layer> layers, double[] wishes) {
        int count = layers.size();
        boolean[] dense = new boolean[count];
        boolean[] forced = new boolean[count];
        long withDense = 0;
        long without = 0;
        for (int i = 0; i < count; i++) {
            Layer layer = layers.get(i);
            forced[i] = layer.largestSavingRank() == 0;
            dense[i] = forced[i] || wishes[i] > layer.largestSavingRank();
            withDense += dense[i] ? layer.parameters() : layer.costOfRank();
            without += forced[i] ? layer.parameters() : layer.costOfRank();
        }
        if (without > budget) {
            return new int[0];
        }
        boolean fixed = withDense <= budget;
        int[] ranks = new int[count];
        boolean[] stopped = new boolean[count];
        for (int i = 0; i < count; i++) {
            stopped[i] = forced[i] || (dense[i] && fixed);
            ranks[i] = stopped[i] ? DENSE : 1;
        }
        long spent = fixed ? withDense : without;
        while (true) {
            int best = -1;
            for (int i = 0; i < count; i++) {
                if (!stopped[i]
                        && (best < 0
                                || product(
                                                        ranks[i] + 1,
                                                        denominator(layers.get(i), dense[i]),
                                                        numerator(layers.get(best), wishes[best], dense[best]))
                                                .compareTo(product(
                                                        ranks[best] + 1,
                                                        denominator(layers.get(best), dense[best]),
                                                        numerator(layers.get(i), wishes[i], dense[i])))
                                        < 0)) {
                    best = i;
                }
            }
            if (best < 0) {
                return ranks;
            }
            Layer layer = layers.get(best);
            boolean last = ranks[best] == layer.largestSavingRank();
            long step = last ? layer.parameters() - ranks[best] * layer.costOfRank() : layer.costOfRank();
            if (spent + step > budget) {
                stopped[best] = true;
            } else {
                spent += step;
                ranks[best] = last ? DENSE : ranks[best] + 1;
                stopped[best] = last;
            }
        }
    }

    private static long numerator(Layer layer, double wish, boolean dense) {
        return dense ? layer.parameters() : Math.max(Math.round(wish * 1_000_000), 1);
    }

    private static long denominator(Layer layer, boolean dense) {
        return dense ? layer.costOfRank() : 1_000_000;
    }

    private static BigInteger product(long a, long b, long c) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).multiply(BigInteger.valueOf(c));
    }

    private static Budget budget(List<Layer> layers, long parameters) {
        long dense = layers.stream().mapToLong(Layer::parameters).sum();
        return new Budget(new BigDecimal("0.2"), dense, parameters);
    }

    private static RankPlan repair(String ratio, List<Layer> layers, RankWish wish) {
        return Apportionment.repair(Budget.of(new BigDecimal(ratio), layers), layers, wish);
    }

    private static int[] ranks(RankPlan plan) {
        int[] ranks = new int[plan.layers().size()];
        Arrays.setAll(ranks, plan::rank);
        return ranks;
    }
}
