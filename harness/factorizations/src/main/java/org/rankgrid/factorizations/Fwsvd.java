package org.rankgrid.factorizations;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;

/**
 * Fisher-weighted singular value decomposition (FWSVD, arXiv 2207.00112; ALGORITHMS E.2) along the input axis, as ASVD's
 * code has it: W S is decomposed with S = diag(f^alpha), f_c the root of the mean squared gradient of the weights in column
 * c. With alpha 1 the spectrum is the Fisher-weighted loss, up to a factor that all layers of a model share.
 *
 * <p>A share of 1e-6 of the layer's largest scale is added to every scale, so that features the loss does not see come last
 * (ASVD's code adds the bare 1e-6, whatever the size of the gradients).
 */
public final class Fwsvd implements Factorization {

    private static final double EPSILON = 1e-6;

    /** A factorization; holds nothing. */
    public Fwsvd() {}

    @Override
    public String id() {
        return "fwsvd";
    }

    @Override
    public String summary() {
        return "Singular value decomposition of the weight with each column scaled by its Fisher information (FWSVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.real(
                "alpha",
                0,
                4,
                1,
                "The power of the root mean squared gradient: 0 is plain SVD, ASVD's scripts use 0.5."));
    }

    @Override
    public Set<LayerStatistic> needs(Options options) {
        return Set.of(LayerStatistic.WEIGHT_GRADIENTS);
    }

    @Override
    public Decomposition decompose(Factoring factoring, LinearAlgebra algebra, Options options) {
        Problem problem = Problem.of(factoring, algebra);
        double[] scale = problem.perFeature("squared weight gradient", factoring.weightGradients());
        for (int c = 0; c < scale.length; c++) {
            scale[c] = Math.pow(Math.sqrt(scale[c] / problem.m()), options.real("alpha"));
        }
        double floor = EPSILON * Arrays.stream(scale).max().orElseThrow();
        for (int c = 0; c < scale.length; c++) {
            scale[c] += floor;
        }
        return ScaledSvd.of(problem, scale);
    }
}
