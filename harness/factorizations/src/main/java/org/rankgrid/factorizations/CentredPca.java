package org.rankgrid.factorizations;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;

/**
 * Principal components of a layer's output about its mean, with the bias that belongs to them (atomic feature mimicking, AFM;
 * ALGORITHMS E.4): y becomes U UT (y - mean) + mean, the best affine map of rank k. Without the bias it is what LoRAP's code
 * does, and never better than {@link Pca}; the spectrum is that of the centred output either way.
 */
public final class CentredPca implements Factorization {

    /** A factorization; holds nothing. */
    public CentredPca() {}

    @Override
    public String id() {
        return "pca-centred";
    }

    @Override
    public String summary() {
        return "Principal components of the layer's output about its mean, with a bias (AFM).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.flag("bias", true, "Whether the layer gets the bias that restores the mean."));
    }

    @Override
    public Set<LayerStatistic> needs(Options options) {
        return Set.of(LayerStatistic.GRAM, LayerStatistic.GROUP_SUMS);
    }

    @Override
    public Decomposition decompose(Factoring factoring, LinearAlgebra algebra, Options options) {
        Problem problem = Problem.of(factoring, algebra);
        Scatter scatter = Scatter.total(problem);
        Optional<double[]> centre = options.flag("bias") ? Optional.of(scatter.centre()) : Optional.empty();
        return PrincipalComponents.of(problem, scatter.matrix(), centre, scatter.notes());
    }
}
