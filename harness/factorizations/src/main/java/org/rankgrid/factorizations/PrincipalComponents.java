package org.rankgrid.factorizations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;

/**
 * The best approximation of a layer's output by its projection on fewer directions (ALGORITHMS E.4): W ≈ U (UT W) with U the
 * leading eigenvectors of W H WT, where H weighs the input: its Gram matrix, or its scatter about a mean. No inverse is
 * taken, so H may be singular.
 */
final class PrincipalComponents {

    private PrincipalComponents() {}

    /**
     * Decomposes a layer.
     *
     * @param form H, n by n, symmetric
     * @param centre the input the approximation is exact at; empty for one without a bias
     * @param notes what there is to say of H already
     */
    static Decomposition of(Problem problem, double[] form, Optional<double[]> centre, List<String> notes) {
        LinearAlgebra algebra = problem.algebra();
        Core core = Core.of(problem);
        int n = problem.n();
        double[] formed = algebra.multiply(core.matrix(), form, core.rows(), n, n);
        double[] output = algebra.multiplyTransposedRight(formed, core.matrix(), core.rows(), n, core.rows());
        Spectrum spectrum = Spectrum.ofGram(problem, output, core.rows());
        List<String> all = new ArrayList<>(notes);
        all.addAll(spectrum.notes());
        return core.along(spectrum.vectors()).rounded(problem, spectrum.values(), centre, all);
    }
}
