package org.rankgrid.factorizations;

import java.util.Arrays;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Factoring;

/** A layer to be decomposed, its sizes checked, together with the decompositions to use. */
record Problem(String key, int m, int n, double[] weight, MomentValues moments, LinearAlgebra algebra) {

    /**
     * Takes a layer.
     *
     * @throws IllegalArgumentException if the weight has another size than the layer
     * @throws DecompositionException if a value of the weight is not finite
     */
    static Problem of(Factoring factoring, LinearAlgebra algebra) {
        int m = factoring.layer().rows();
        int n = factoring.layer().columns();
        if (factoring.weight().length != (long) m * n) {
            throw new IllegalArgumentException(factoring.layer().key() + ": " + factoring.weight().length
                    + " values are not a " + m + " x " + n + " weight");
        }
        Problem problem = new Problem(factoring.layer().key(), m, n, factoring.weight(), factoring.moments(), algebra);
        problem.requireFinite("weight", problem.weight());
        return problem;
    }

    /** K = min(m, n). */
    int components() {
        return Math.min(m, n);
    }

    /**
     * G.
     *
     * @throws IllegalArgumentException if it was not gathered for n features
     * @throws DecompositionException if a value is not finite
     */
    double[] gram() {
        if (moments.gram().length != (long) n * n) {
            throw new IllegalArgumentException(
                    key + ": " + moments.gram().length + " values are not a " + n + " x " + n + " Gram matrix");
        }
        requireFinite("input Gram matrix", moments.gram());
        return moments.gram();
    }

    /**
     * The moments, their groups' sums checked.
     *
     * @throws IllegalArgumentException if the sums were not gathered for n features, or a group has no tokens
     * @throws DecompositionException if a value is not finite
     */
    MomentValues grouped() {
        long[] tokens = moments.groupTokens();
        double[][] sums = moments.groupSums();
        if (tokens.length == 0
                || sums.length != tokens.length
                || Arrays.stream(tokens).anyMatch(t -> t < 1)) {
            throw new IllegalArgumentException(key + ": sums of " + sums.length + " groups of "
                    + Arrays.toString(tokens) + " tokens are no group sums");
        }
        for (double[] sum : sums) {
            perFeature("group sum", sum);
        }
        return moments;
    }

    /** T, calibration tokens. */
    long tokens() {
        return Arrays.stream(moments.groupTokens()).sum();
    }

    /**
     * A copy of a statistic with one value for each input feature.
     *
     * @throws IllegalArgumentException if there are not n values
     * @throws DecompositionException if a value is not finite
     */
    double[] perFeature(String what, double[] values) {
        if (values.length != n) {
            throw new IllegalArgumentException(
                    key + ": " + values.length + " values of " + what + " for " + n + " input features");
        }
        for (int c = 0; c < n; c++) {
            if (!Double.isFinite(values[c])) {
                throw failure("the " + what + " of its input feature " + c + " is " + values[c]);
            }
        }
        return values.clone();
    }

    private void requireFinite(String what, double[] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            if (!Double.isFinite(matrix[i])) {
                throw failure("its " + what + " holds " + matrix[i] + " in row " + i / n + ", column " + i % n);
            }
        }
    }

    /** An exception that says in which layer. */
    DecompositionException failure(String what) {
        return new DecompositionException(key + " (" + m + " x " + n + "): " + what);
    }
}
