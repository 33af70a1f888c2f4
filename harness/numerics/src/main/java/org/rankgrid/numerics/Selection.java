package org.rankgrid.numerics;

import java.util.List;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * One point chosen on the error curve of every layer.
 *
 * @param plan the ranks
 * @param error the sum of the errors
 * @param lowerBound an error that no plan within the budget falls below; equal to the error where the plan is proven best
 */
public record Selection(RankPlan plan, double error, double lowerBound) {

    /** Whether no plan within the budget has a smaller error, up to rounding. */
    public boolean provenBest() {
        return lowerBound >= error;
    }

    /** The selection of a point on each curve. */
    static Selection of(List<ErrorCurve> curves, int[] points, double lowerBound) {
        List<Layer> layers = curves.stream().map(ErrorCurve::layer).toList();
        int[] ranks = new int[points.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = curves.get(i).rank(points[i]);
        }
        double error = error(curves, points);
        return new Selection(new RankPlan(layers, ranks), error, Math.min(lowerBound, error));
    }

    static double error(List<ErrorCurve> curves, int[] points) {
        double error = 0;
        for (int i = 0; i < points.length; i++) {
            error += curves.get(i).error(points[i]);
        }
        return error;
    }

    static long cost(List<ErrorCurve> curves, int[] points) {
        long cost = 0;
        for (int i = 0; i < points.length; i++) {
            cost += curves.get(i).cost(points[i]);
        }
        return cost;
    }
}
