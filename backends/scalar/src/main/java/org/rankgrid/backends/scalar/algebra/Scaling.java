package org.rankgrid.backends.scalar.algebra;

/**
 * A power of two that brings the largest magnitude of a matrix near one, so that squares neither overflow nor vanish;
 * multiplying by it changes no digit.
 *
 * @param exponent of the largest magnitude; 0 for a zero matrix
 */
record Scaling(int exponent) {

    /** Norms below this, in a scaled matrix, count as zero: their squares could not be told from zero. */
    static final double NEGLIGIBLE = 0x1p-480;

    /** The scaling of a matrix. */
    static Scaling of(double[] a) {
        double largest = 0;
        for (double value : a) {
            largest = Math.max(largest, Math.abs(value));
        }
        return new Scaling(largest == 0 ? 0 : Math.getExponent(largest));
    }

    /** The matrix scaled down, a copy. */
    double[] down(double[] a) {
        return scaled(a, -exponent);
    }

    /** Values of the scaled matrix back in the scale of the original one. */
    double[] up(double[] values) {
        return scaled(values, exponent);
    }

    private static double[] scaled(double[] a, int exponent) {
        double[] scaled = a.clone();
        if (exponent != 0) {
            for (int i = 0; i < a.length; i++) {
                scaled[i] = Math.scalb(a[i], exponent);
            }
        }
        return scaled;
    }
}
