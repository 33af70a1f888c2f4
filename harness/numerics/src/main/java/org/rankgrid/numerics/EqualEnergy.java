package org.rankgrid.numerics;

import java.util.Arrays;
import java.util.List;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * Ranks at which several layers retain one and the same share of their energy within a budget (ALGORITHMS A.1; the uniform
 * error tolerance of PGSVD, arXiv 2510.05544).
 *
 * @param share the largest share e that the budget pays for in all layers; 0 if it does not even pay for rank 1
 * @param wishes one a layer: a whole rank of at most k*, or {@link RankWish#DENSE}
 */
public record EqualEnergy(double share, double[] wishes) {

    /**
     * Finds the largest e for which the ranks min {k : E(k) &ge; e} fit the budget, a rank past k* counting as dense; then
     * spends the remainder step by step on the layer that retains least and whose step fits, the lowest index on ties.
     *
     * @param budget parameters the layers may keep together
     * @param layers the layers
     * @param curves their energy curves, in the same order
     * @throws IllegalArgumentException if a layer has no curve of its full rank
     */
    public static EqualEnergy within(long budget, List<Layer> layers, List<EnergyCurve> curves) {
        if (layers.size() != curves.size()) {
            throw new IllegalArgumentException(curves.size() + " energy curves for " + layers.size() + " layers");
        }
        for (int i = 0; i < layers.size(); i++) {
            if (curves.get(i).fullRank() != layers.get(i).fullRank()) {
                throw new IllegalArgumentException(
                        "the energy curve of " + layers.get(i).key() + " has "
                                + curves.get(i).fullRank() + " components, not "
                                + layers.get(i).fullRank());
            }
        }
        double share = largestShare(budget, layers, curves);
        int[] ranks = ranks(share, layers, curves);
        StepwiseFill.fill(
                layers,
                ranks,
                budget - cost(share, layers, curves),
                (i, k) -> curves.get(i).retained(k));
        double[] wishes = new double[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            wishes[i] = ranks[i] == RankPlan.DENSE ? RankWish.DENSE : ranks[i];
        }
        return new EqualEnergy(share, wishes);
    }

    /** Cost is a step function of e that rises just past the points E(k), k up to k*: only they and 1 need to be tried. */
    private static double largestShare(long budget, List<Layer> layers, List<EnergyCurve> curves) {
        double[] points = breakpoints(layers, curves);
        int fits = -1;
        int tooMuch = points.length;
        while (tooMuch - fits > 1) {
            int middle = (fits + tooMuch) >>> 1;
            if (cost(points[middle], layers, curves) <= budget) {
                fits = middle;
            } else {
                tooMuch = middle;
            }
        }
        return fits < 0 ? 0 : points[fits];
    }

    private static double[] breakpoints(List<Layer> layers, List<EnergyCurve> curves) {
        int count = layers.stream().mapToInt(Layer::largestSavingRank).sum();
        double[] points = new double[count + 1];
        int next = 0;
        for (int i = 0; i < layers.size(); i++) {
            for (int k = 1; k <= layers.get(i).largestSavingRank(); k++) {
                points[next++] = curves.get(i).retained(k);
            }
        }
        points[next] = 1;
        Arrays.sort(points);
        return points;
    }

    private static int[] ranks(double share, List<Layer> layers, List<EnergyCurve> curves) {
        int[] ranks = new int[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            int rank = curves.get(i).rankFor(share);
            ranks[i] = rank > layers.get(i).largestSavingRank() ? RankPlan.DENSE : rank;
        }
        return ranks;
    }

    private static long cost(double share, List<Layer> layers, List<EnergyCurve> curves) {
        return new RankPlan(layers, ranks(share, layers, curves)).parameters();
    }
}
