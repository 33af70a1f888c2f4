package org.rankgrid.factorizations;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra;

/**
 * The lower Cholesky factor S of a Gram matrix G = S ST. A G that is not positive definite is damped first, as in SVD-LLM:
 * (-lowest eigenvalue + 1e-6 s) I is added, where s is the mean of its diagonal, so that the damping does not depend on how
 * many tokens were summed (SVD-LLM adds the bare 1e-6).
 *
 * @param lower S, n by n
 * @param notes what was added, if anything
 */
record WhiteningRoot(double[] lower, List<String> notes) {

    private static final double DAMPING = 1e-6;

    /**
     * Takes the root of a finite G.
     *
     * @throws DecompositionException if G stays indefinite when damped
     */
    static WhiteningRoot of(double[] gram, int n, LinearAlgebra algebra) {
        double[] undamped = choleskyOrNull(gram, n, algebra);
        if (undamped != null) {
            return new WhiteningRoot(undamped, List.of());
        }
        double lowest = algebra.symmetricEigen(gram, n).values()[n - 1];
        double mean = meanDiagonal(gram, n);
        double shift = Math.max(-lowest, 0) + DAMPING * (mean > 0 ? mean : 1);
        double[] damped = gram.clone();
        for (int i = 0; i < n; i++) {
            damped[i * n + i] += shift;
        }
        String note = String.format(
                Locale.ROOT,
                "the input Gram matrix is not positive definite (lowest eigenvalue %.3e, mean of the diagonal %.3e):"
                        + " %.3e was added to its diagonal",
                lowest,
                mean,
                shift);
        return new WhiteningRoot(algebra.cholesky(damped, n), List.of(note));
    }

    private static double @Nullable [] choleskyOrNull(double[] gram, int n, LinearAlgebra algebra) {
        try {
            return algebra.cholesky(gram, n);
        } catch (DecompositionException notPositiveDefinite) {
            return null;
        }
    }

    private static double meanDiagonal(double[] gram, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += gram[i * n + i];
        }
        return sum / n;
    }
}
