package org.rankgrid.numerics;

import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * What a layer costs and loses at each of its points: ranks 1 to k* at k (m + n) parameters, then dense at m n (ALGORITHMS
 * D.2). Points are counted from 0 in the order of their cost.
 */
public final class ErrorCurve {

    private final Layer layer;
    private final double[] errors;

    private ErrorCurve(Layer layer, double[] errors) {
        this.layer = layer;
        this.errors = errors;
    }

    /**
     * The curve of a layer whose error is the sum of the scores of the components it drops.
     *
     * @param layer its shape
     * @param scores one a component, min(m, n) of them; not changed
     * @param dense whether the layer may stay dense; one that no rank makes smaller always does
     * @throws IllegalArgumentException if the number of scores is wrong, or a score or their sum is not finite
     */
    public static ErrorCurve ofTail(Layer layer, double[] scores, boolean dense) {
        double[] errors = new double[scores.length];
        double tail = 0;
        for (int j = scores.length - 1; j >= 0; j--) {
            errors[j] = tail;
            tail += scores[j];
        }
        return of(layer, errors, dense);
    }

    /**
     * The curve of a layer whose error is known at every rank.
     *
     * @param layer its shape
     * @param errors with the first k components kept, at index k - 1; min(m, n) of them, the last is that of the dense layer;
     *     not changed
     * @param dense whether the layer may stay dense; one that no rank makes smaller always does
     * @throws IllegalArgumentException if the number of errors is wrong, or one is not finite
     */
    public static ErrorCurve of(Layer layer, double[] errors, boolean dense) {
        if (errors.length != layer.fullRank()) {
            throw new IllegalArgumentException(
                    errors.length + " components for " + layer.key() + ", which has " + layer.fullRank());
        }
        for (double error : errors) {
            if (!Double.isFinite(error)) {
                throw new IllegalArgumentException("an error of " + layer.key() + " is " + error);
            }
        }
        int saving = layer.largestSavingRank();
        double[] points = new double[saving + (dense || saving == 0 ? 1 : 0)];
        System.arraycopy(errors, 0, points, 0, saving);
        if (points.length > saving) {
            points[saving] = errors[errors.length - 1];
        }
        return new ErrorCurve(layer, points);
    }

    /** The layer. */
    public Layer layer() {
        return layer;
    }

    /** Number of points, at least 1. */
    public int points() {
        return errors.length;
    }

    /** The rank at a point, or {@link RankPlan#DENSE}. */
    public int rank(int point) {
        return point < layer.largestSavingRank() ? point + 1 : RankPlan.DENSE;
    }

    /** Parameters at a point. */
    public long cost(int point) {
        return point < layer.largestSavingRank() ? (point + 1) * layer.costOfRank() : layer.parameters();
    }

    /** The error at a point. */
    public double error(int point) {
        return errors[point];
    }
}
