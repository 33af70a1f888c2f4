package org.rankgrid.numerics;

import java.util.Arrays;

/** Shares in proportion to weights, none above a cap: what the cap cuts off goes to the others, again in proportion. */
public final class CappedShares {

    private CappedShares() {}

    /**
     * Divides a total. Weights that are all zero count as equal.
     *
     * @param weights not negative, finite
     * @param total what the shares add up to, unless all of them reach the cap; not negative
     * @param cap the largest share, positive
     * @throws IllegalArgumentException if a weight or the total is negative or not finite, or the cap is not positive
     */
    public static double[] of(double[] weights, double total, double cap) {
        if (!(total >= 0 && total < Double.POSITIVE_INFINITY) || !(cap > 0)) {
            throw new IllegalArgumentException("shares of a total of " + total + " capped at " + cap);
        }
        for (double weight : weights) {
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the weight of a share is " + weight);
            }
        }
        double[] shares = new double[weights.length];
        boolean[] capped = new boolean[weights.length];
        double left = total;
        boolean settled = false;
        while (!settled) {
            divide(weights, left, capped, shares);
            settled = true;
            for (int i = 0; i < shares.length; i++) {
                if (!capped[i] && shares[i] > cap) {
                    shares[i] = cap;
                    capped[i] = true;
                    left -= cap;
                    settled = false;
                }
            }
            left = Math.max(left, 0);
        }
        return shares;
    }

    private static void divide(double[] weights, double total, boolean[] settled, double[] shares) {
        double sum = 0;
        int open = 0;
        double largest = Arrays.stream(weights).max().orElse(0);
        for (int i = 0; i < weights.length; i++) {
            if (!settled[i]) {
                // Relative to the largest weight, so that no sum overflows.
                sum += largest > 0 ? weights[i] / largest : 0;
                open++;
            }
        }
        for (int i = 0; i < weights.length; i++) {
            if (!settled[i]) {
                shares[i] = sum > 0 ? total * (weights[i] / largest / sum) : total / open;
            }
        }
    }
}
