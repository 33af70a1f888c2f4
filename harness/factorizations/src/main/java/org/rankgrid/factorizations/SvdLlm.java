package org.rankgrid.factorizations;

import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;

/**
 * Truncation-aware whitening (SVD-LLM, arXiv 2403.07378; ALGORITHMS E.4): with G = S ST and W S = U Σ VT the factors are
 * U Σ^(1/2) and Σ^(1/2) VT S^(-1). Every truncation equals that of {@link Pca} where G is positive definite; where it is
 * not, the spectrum is that of the damped G.
 */
public final class SvdLlm implements Factorization {

    /** A factorization; holds nothing. */
    public SvdLlm() {}

    @Override
    public String id() {
        return "svd-llm";
    }

    @Override
    public String summary() {
        return "Singular value decomposition of the weight whitened by the Cholesky factor of its input (SVD-LLM).";
    }

    @Override
    public Set<LayerStatistic> needs(Options options) {
        return Set.of(LayerStatistic.GRAM);
    }

    @Override
    public Decomposition decompose(Factoring factoring, LinearAlgebra algebra, Options options) {
        Problem problem = Problem.of(factoring, algebra);
        int m = problem.m();
        int n = problem.n();
        WhiteningRoot root = WhiteningRoot.of(problem.gram(), n, algebra);
        ThinSvd svd = algebra.thinSvd(algebra.multiply(problem.weight(), root.lower(), m, n, n), m, n);
        double[] unwhitened = algebra.solveRight(root.lower(), svd.right(), problem.components(), n);
        return Factors.balanced(svd.left(), svd.values(), unwhitened, m, n)
                .rounded(problem, Spectrum.squared(svd.values()), Optional.empty(), root.notes());
    }
}
