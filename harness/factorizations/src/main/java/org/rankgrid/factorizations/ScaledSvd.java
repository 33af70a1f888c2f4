package org.rankgrid.factorizations;

import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;
import org.rankgrid.spi.factorize.Decomposition;

/**
 * Singular value decomposition of a weight whose columns are scaled by the worth of their input feature: W S = U Σ VT with S
 * diagonal. The factors are U and UT W, whose product is U Σ VT S^(-1) of the papers wherever S has an inverse (ALGORITHMS
 * E.4); so a feature may be worth nothing.
 */
final class ScaledSvd {

    private ScaledSvd() {}

    /**
     * Decomposes a layer; the spectrum is Σ², the loss ‖(W - W') S‖² of truncations.
     *
     * @param scale the diagonal of S, n values, none negative
     * @throws org.rankgrid.spi.compute.DecompositionException if a scale is not finite
     */
    static Decomposition of(Problem problem, double[] scale) {
        LinearAlgebra algebra = problem.algebra();
        Core core = Core.of(problem);
        int n = problem.n();
        for (int c = 0; c < n; c++) {
            if (!Double.isFinite(scale[c])) {
                throw problem.failure("the scale of its input feature " + c + " is " + scale[c]);
            }
        }
        double[] scaled = core.matrix().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= scale[i % n];
        }
        ThinSvd svd = algebra.thinSvd(scaled, core.rows(), n);
        return core.along(svd.left()).rounded(problem, Spectrum.squared(svd.values()), Optional.empty(), List.of());
    }
}
