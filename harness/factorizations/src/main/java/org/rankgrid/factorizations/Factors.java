package org.rankgrid.factorizations;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rankgrid.spi.factorize.Decomposition;

/**
 * The two factors of a full decomposition in double, on their way to 32-bit storage; nothing leaves without having been
 * multiplied out and compared with the weight.
 *
 * @param left m by K
 * @param right K by n
 */
record Factors(double[] left, double[] right) {

    /** The largest ‖W - left right‖ / ‖W‖ allowed, Frobenius norms, of factors rounded to 32 bits. */
    static final double RECONSTRUCTION_TOLERANCE = 1e-5;

    /** The factors U S^(1/2) and S^(1/2) V of a singular value decomposition, which share the scale evenly. */
    static Factors balanced(double[] left, double[] singularValues, double[] right, int m, int n) {
        int components = singularValues.length;
        double[] a = new double[left.length];
        double[] b = new double[right.length];
        for (int k = 0; k < components; k++) {
            double root = Math.sqrt(singularValues[k]);
            for (int i = 0; i < m; i++) {
                a[i * components + k] = left[i * components + k] * root;
            }
            for (int j = 0; j < n; j++) {
                b[k * n + j] = right[k * n + j] * root;
            }
        }
        return new Factors(a, b);
    }

    /**
     * Rounds the factors to 32 bits.
     *
     * @throws org.rankgrid.spi.compute.DecompositionException if a value leaves the range of a float, or the product of the
     *     rounded factors is not the weight
     */
    Decomposition rounded(Problem problem, double[] spectrum, Optional<double[]> centre, List<String> notes) {
        float[] a = rounded(problem, left);
        float[] b = rounded(problem, right);
        double error = reconstructionError(problem, a, b);
        if (!(error <= RECONSTRUCTION_TOLERANCE)) {
            throw problem.failure(String.format(
                    Locale.ROOT,
                    "the factors multiply to the weight only with a relative error of %.2e, %.0e is allowed",
                    error,
                    RECONSTRUCTION_TOLERANCE));
        }
        return new Decomposition(problem.m(), problem.n(), spectrum, a, b, centre, notes);
    }

    private static float[] rounded(Problem problem, double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
            if (!Float.isFinite(rounded[i])) {
                throw problem.failure("a factor holds " + values[i] + ", which no 32-bit float can");
            }
        }
        return rounded;
    }

    private static double reconstructionError(Problem problem, float[] a, float[] b) {
        double[] product =
                problem.algebra().multiply(widened(a), widened(b), problem.m(), problem.components(), problem.n());
        return Norms.relativeDifference(product, problem.weight());
    }

    private static double[] widened(float[] values) {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }
}
