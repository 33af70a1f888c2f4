package org.rankgrid.factorizations;

import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;

/**
 * Principal components of a layer's output under the covariance pooled over groups of calibration sequences, with a bias
 * (Bolaco, arXiv 2405.10616; ALGORITHMS B.1). Pooling leaves out how the groups' means differ. The grid's
 * {@code calibration.groups} says how many groups there are; with one this is {@link CentredPca}.
 *
 * <p>The covariances follow from the Gram matrix and the groups' sums, without a second pass. The spectrum is summed over
 * tokens: the eigenvalues of the paper's pooled covariance times the tokens less the groups.
 */
public final class PooledPca implements Factorization {

    /** A factorization; holds nothing. */
    public PooledPca() {}

    @Override
    public String id() {
        return "pca-pooled";
    }

    @Override
    public String summary() {
        return "Principal components of the layer's output under a covariance pooled over groups, with a bias (Bolaco).";
    }

    @Override
    public Set<LayerStatistic> needs(Options options) {
        return Set.of(LayerStatistic.GRAM, LayerStatistic.GROUP_SUMS);
    }

    @Override
    public Decomposition decompose(Factoring factoring, LinearAlgebra algebra, Options options) {
        Problem problem = Problem.of(factoring, algebra);
        Scatter scatter = Scatter.withinGroups(problem);
        return PrincipalComponents.of(problem, scatter.matrix(), Optional.of(scatter.centre()), scatter.notes());
    }
}
