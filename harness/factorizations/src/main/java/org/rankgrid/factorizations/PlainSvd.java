package org.rankgrid.factorizations;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.ThinSvd;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;

/** Singular value decomposition of the weight alone, blind to its input (ALGORITHMS E.1): the baseline of every paper. */
public final class PlainSvd implements Factorization {

    /** A factorization; holds nothing. */
    public PlainSvd() {}

    @Override
    public String id() {
        return "svd";
    }

    @Override
    public String summary() {
        return "Singular value decomposition of the weight alone, without calibration.";
    }

    @Override
    public Set<LayerStatistic> needs(Options options) {
        return Set.of();
    }

    @Override
    public Decomposition decompose(Factoring factoring, LinearAlgebra algebra, Options options) {
        Problem problem = Problem.of(factoring, algebra);
        ThinSvd svd = algebra.thinSvd(problem.weight(), problem.m(), problem.n());
        return Factors.balanced(svd.left(), svd.values(), svd.right(), problem.m(), problem.n())
                .rounded(problem, Spectrum.squared(svd.values()), Optional.empty(), List.of());
    }
}
