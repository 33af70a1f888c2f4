package org.rankgrid.factorizations;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;

/**
 * Principal components of a layer's output: W ≈ U (UT W) with U the leading eigenvectors of the uncentred output Gram matrix
 * W G WT (Bolaco, LoRAP and Swift-SVD without the mean; ALGORITHMS E.4). No inverse is taken, so G may be singular.
 */
public final class Pca implements Factorization {

    /** A factorization; holds nothing. */
    public Pca() {}

    @Override
    public String id() {
        return "pca";
    }

    @Override
    public String summary() {
        return "Principal components of the layer's output, the best approximation on the calibration text; no inverse.";
    }

    @Override
    public Set<LayerStatistic> needs(Options options) {
        return Set.of(LayerStatistic.GRAM);
    }

    @Override
    public Decomposition decompose(Factoring factoring, LinearAlgebra algebra, Options options) {
        Problem problem = Problem.of(factoring, algebra);
        return PrincipalComponents.of(problem, problem.gram(), Optional.empty(), List.of());
    }
}
