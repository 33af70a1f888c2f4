package org.rankgrid.backends.scalar.algebra;

/**
 * A Householder reflection H = I - beta v vT that maps a given vector onto a multiple alpha of a unit vector.
 *
 * @param v zero before {@code from}; what the array holds there is not read
 * @param from index of the unit vector
 * @param beta 2 / (vT v), or 0 where there was nothing to reflect
 * @param alpha what the vector is mapped to
 */
record Reflector(double[] v, int from, double beta, double alpha) {

    /** The reflection that clears x behind {@code from}; it takes the array over. */
    static Reflector clearing(double[] x, int from) {
        int end = x.length;
        double tail = Math.sqrt(Vectors.dot(x, x, from + 1, end));
        if (tail < Scaling.NEGLIGIBLE) {
            return new Reflector(x, from, 0, x[from]);
        }
        double alpha = -Math.copySign(Math.hypot(x[from], tail), x[from]);
        x[from] -= alpha;
        // vT v = 2 alpha (alpha - x0) = -2 alpha v0, written so that nothing cancels.
        return new Reflector(x, from, -1 / (alpha * x[from]), alpha);
    }

    /** Reflects a vector in place. */
    void apply(double[] y) {
        if (beta != 0) {
            Vectors.axpy(-beta * Vectors.dot(v, y, from, v.length), v, y, from, v.length);
        }
    }

    /** Reflects four vectors in place: v is read once for all, and the four sums do not wait for each other. */
    void apply(double[] y0, double[] y1, double[] y2, double[] y3) {
        if (beta == 0) {
            return;
        }
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int i = from; i < v.length; i++) {
            double value = v[i];
            sum0 += value * y0[i];
            sum1 += value * y1[i];
            sum2 += value * y2[i];
            sum3 += value * y3[i];
        }
        double factor0 = -beta * sum0;
        double factor1 = -beta * sum1;
        double factor2 = -beta * sum2;
        double factor3 = -beta * sum3;
        for (int i = from; i < v.length; i++) {
            double value = v[i];
            y0[i] += factor0 * value;
            y1[i] += factor1 * value;
            y2[i] += factor2 * value;
            y3[i] += factor3 * value;
        }
    }
}
