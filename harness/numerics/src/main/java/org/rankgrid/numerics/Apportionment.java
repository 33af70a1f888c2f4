package org.rankgrid.numerics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * The integer repair that every wish passes: Jefferson's apportionment of the budget in proportion to the wished ranks
 * (ALGORITHMS 0.4). It brings no criterion of its own, so that allocators are compared at equal parameter counts by what
 * they wished.
 */
public final class Apportionment {

    /** What a wish of nothing counts as; it keeps quotients finite. */
    private static final double SMALLEST_WISH = 1e-6;

    private Apportionment() {}

    /**
     * The largest plan within the budget whose ranks are proportional to the wish. Layers wished dense, or past k*, stay
     * dense if the rest can then have rank 1; otherwise they take part with their real break-even rank m n / (m + n). From
     * rank 1 on, the layer with the smallest (k + 1) / wish grows by one, the lowest index on ties; the step from k* leads
     * to dense. What stays unspent is less than any step left. A layer that no rank makes smaller is always dense.
     *
     * @param budget what may be kept
     * @param layers the layers, in the engine's order
     * @param wish one rank a layer, in the same order; 0 counts as 1e-6
     * @throws IllegalArgumentException if the wish has not one rank a layer
     * @throws InputException if the budget does not even pay for rank 1 everywhere
     */
    public static RankPlan repair(Budget budget, List<Layer> layers, RankWish wish) {
        if (wish.size() != layers.size()) {
            throw new IllegalArgumentException(wish.size() + " wishes for " + layers.size() + " layers");
        }
        long least = leastParameters(layers);
        if (least > budget.parameters()) {
            throw tooSmall(budget, layers.size(), least);
        }
        long leastBesideDense = least;
        for (int i = 0; i < layers.size(); i++) {
            if (wishedDense(layers.get(i), wish.rank(i))) {
                leastBesideDense += layers.get(i).parameters() - leastParameters(layers.get(i));
            }
        }
        boolean denseFits = leastBesideDense <= budget.parameters();
        int[] ranks = new int[layers.size()];
        double[] weights = new double[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            Layer layer = layers.get(i);
            boolean dense = wishedDense(layer, wish.rank(i));
            ranks[i] = layer.largestSavingRank() == 0 || (dense && denseFits) ? RankPlan.DENSE : 1;
            weights[i] = dense ? layer.breakEvenRank() : Math.max(wish.rank(i), SMALLEST_WISH);
        }
        long unspent = budget.parameters() - (denseFits ? leastBesideDense : least);
        StepwiseFill.fill(layers, ranks, unspent, (i, k) -> tieable((k + 1) / weights[i]));
        return new RankPlan(layers, ranks);
    }

    private static boolean wishedDense(Layer layer, double rank) {
        return rank > layer.largestSavingRank();
    }

    private static long leastParameters(Layer layer) {
        return Math.min(layer.costOfRank(), layer.parameters());
    }

    private static long leastParameters(List<Layer> layers) {
        return layers.stream().mapToLong(Apportionment::leastParameters).sum();
    }

    /**
     * A quotient rounded to 40 bits. Wishes that are equal fractions of their break-even ranks differ by the rounding of a
     * double, which must not decide between layers: the quotients have to tie, as they do in exact arithmetic. Quotients
     * that truly differ lie further apart, as their denominators are products of layer sizes.
     */
    private static double tieable(double quotient) {
        long half = 1L << 11;
        return Double.longBitsToDouble((Double.doubleToLongBits(quotient) + half) & -(half << 1));
    }

    private static InputException tooSmall(Budget budget, int layers, long least) {
        BigDecimal largest = BigDecimal.ONE.subtract(
                BigDecimal.valueOf(least).divide(BigDecimal.valueOf(budget.dense()), 4, RoundingMode.CEILING));
        String advice = largest.signum() > 0
                ? "use a ratio of at most " + largest.stripTrailingZeros().toPlainString()
                : "this model is too small to compress";
        return new InputException(String.format(
                Locale.ROOT,
                "ratio %s leaves %,d of %,d parameters, but rank 1 in each of the %d layers needs %,d: %s.",
                budget.ratio().toPlainString(),
                budget.parameters(),
                budget.dense(),
                layers,
                least,
                advice));
    }
}
