package org.rankgrid.factorizations;

import java.util.Set;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.ThinQr;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;

/**
 * Principal components of a layer's output: W ≈ U (UT W) with U the leading eigenvectors of the uncentred output Gram matrix
 * W G WT (Bolaco, LoRAP and Swift-SVD without the mean; ALGORITHMS E.4). No inverse is taken, so G may be singular. Where
 * m > n, W = Q R comes first and U = Q V with V the eigenvectors of R G RT: orthonormal, and exactly n of them.
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
        int m = problem.m();
        int n = problem.n();
        if (m <= n) {
            Spectrum components = outputComponents(problem, problem.weight(), m);
            double[] right = algebra.multiplyTransposedLeft(components.vectors(), problem.weight(), m, m, n);
            return new Factors(components.vectors(), right).rounded(problem, components.values(), components.notes());
        }
        ThinQr qr = algebra.thinQr(problem.weight(), m, n);
        Spectrum components = outputComponents(problem, qr.r(), n);
        double[] left = algebra.multiply(qr.q(), components.vectors(), m, n, n);
        double[] right = algebra.multiplyTransposedLeft(components.vectors(), qr.r(), n, n, n);
        return new Factors(left, right).rounded(problem, components.values(), components.notes());
    }

    /** Eigen-decomposition of A G AT, A rows by n. */
    private static Spectrum outputComponents(Problem problem, double[] a, int rows) {
        LinearAlgebra algebra = problem.algebra();
        int n = problem.n();
        double[] ag = algebra.multiply(a, problem.gram(), rows, n, n);
        double[] gram = algebra.multiplyTransposedRight(ag, a, rows, n, rows);
        return Spectrum.ofGram(problem, gram, rows);
    }
}
