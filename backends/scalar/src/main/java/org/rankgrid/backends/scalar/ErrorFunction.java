package org.rankgrid.backends.scalar;

/** The error function in double, which the JDK lacks. */
final class ErrorFunction {

    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    /** From here on erf rounds to one in double. */
    private static final double SATURATED = 6;

    private ErrorFunction() {}

    /**
     * erf(x) to about 1e-15: the series with positive terms, 2/sqrt(pi) exp(-x^2) sum 2^i x^(2i+1) / (2i+1)!!
     * (Abramowitz and Stegun 7.1.6).
     */
    static double erf(double x) {
        if (Double.isNaN(x) || Math.abs(x) >= SATURATED) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int i = 1; Math.abs(term) > 1e-17 * Math.abs(sum); i++) {
            term *= 2 * x * x / (2 * i + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
    }
}
