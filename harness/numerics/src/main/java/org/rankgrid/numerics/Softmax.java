package org.rankgrid.numerics;

/** The softmax a_d = exp(x_d) / sum exp(x), and its derivative. */
public final class Softmax {

    private Softmax() {}

    /**
     * The softmax of some finite values: shares that add up to 1.
     *
     * @throws IllegalArgumentException if there are none, or one is not finite
     */
    public static double[] of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("softmax of no values");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " of a softmax is " + values[i]);
            }
            largest = Math.max(largest, values[i]);
        }
        double[] shares = new double[values.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            shares[i] = StrictMath.exp(values[i] - largest);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /**
     * The gradient with respect to the values, from that with respect to the shares: a_d (g_d - sum a g).
     *
     * @param shares what {@link #of} gave
     * @param gradient one a share
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double[] pullBack(double[] shares, double[] gradient) {
        if (shares.length != gradient.length) {
            throw new IllegalArgumentException(gradient.length + " gradients for " + shares.length + " shares");
        }
        double mean = 0;
        for (int i = 0; i < shares.length; i++) {
            mean += shares[i] * gradient[i];
        }
        double[] back = new double[shares.length];
        for (int i = 0; i < back.length; i++) {
            back[i] = shares[i] * (gradient[i] - mean);
        }
        return back;
    }
}
