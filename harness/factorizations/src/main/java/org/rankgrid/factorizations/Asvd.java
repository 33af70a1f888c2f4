package org.rankgrid.factorizations;

import java.util.List;
import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;

/**
 * Activation-aware singular value decomposition (ASVD, arXiv 2312.05821; ALGORITHMS E.3): W S is decomposed with
 * S = diag(s^alpha + epsilon), s the size of each input feature: its mean absolute value, or its root mean square, which with
 * alpha 1 is the AWSVD of LoRAP.
 */
public final class Asvd implements Factorization {

    private static final String MEAN = "mean";
    private static final String RMS = "rms";

    /** A factorization; holds nothing. */
    public Asvd() {}

    @Override
    public String id() {
        return "asvd";
    }

    @Override
    public String summary() {
        return "Singular value decomposition of the weight with each column scaled by the size of its input (ASVD, AWSVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.real("alpha", 0, 4, 0.5, "The power of the size: 0 is plain SVD."),
                OptionSpec.choice(
                        "metric",
                        List.of(MEAN, RMS),
                        "The size of a feature: the mean of |x| (ASVD), or the root of the mean of x^2 (AWSVD)."),
                OptionSpec.real("epsilon", 0, 1, 1e-6, "Added to every scale."));
    }

    @Override
    public Set<LayerStatistic> needs(Options options) {
        return Set.of(isRms(options) ? LayerStatistic.GRAM : LayerStatistic.ABSOLUTE_SUMS);
    }

    @Override
    public Decomposition decompose(Factoring factoring, LinearAlgebra algebra, Options options) {
        Problem problem = Problem.of(factoring, algebra);
        double[] scale = isRms(options) ? rootMeanSquares(problem) : meanMagnitudes(problem);
        for (int c = 0; c < scale.length; c++) {
            scale[c] = Math.pow(scale[c], options.real("alpha")) + options.real("epsilon");
        }
        return ScaledSvd.of(problem, scale);
    }

    private static boolean isRms(Options options) {
        return options.text("metric").equals(RMS);
    }

    private static double[] meanMagnitudes(Problem problem) {
        MomentValues moments = problem.moments();
        double[] sizes = problem.perFeature("sum of magnitudes", moments.absoluteSums());
        for (int c = 0; c < sizes.length; c++) {
            sizes[c] /= problem.tokens();
        }
        return sizes;
    }

    private static double[] rootMeanSquares(Problem problem) {
        double[] gram = problem.gram();
        double[] sizes = new double[problem.n()];
        for (int c = 0; c < sizes.length; c++) {
            sizes[c] = Math.sqrt(Math.max(0, gram[c * sizes.length + c]) / problem.tokens());
        }
        return sizes;
    }
}
