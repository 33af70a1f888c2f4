package org.rankgrid.factorizations;

import java.util.Optional;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.ThinQr;

/**
 * A weight without rows that say nothing new: W itself where m ≤ n, else the R of W = Q R. Any orthonormal basis V of its K
 * outputs splits W into Q V and VT R, exactly and without an inverse.
 *
 * @param matrix K by n, K = min(m, n)
 * @param q m by K, orthonormal columns; empty where W is the core itself
 */
record Core(Problem problem, double[] matrix, Optional<double[]> q) {

    /** The core of a layer's weight. */
    static Core of(Problem problem) {
        if (problem.m() <= problem.n()) {
            return new Core(problem, problem.weight(), Optional.empty());
        }
        ThinQr qr = problem.algebra().thinQr(problem.weight(), problem.m(), problem.n());
        return new Core(problem, qr.r(), Optional.of(qr.q()));
    }

    /** K, its rows. */
    int rows() {
        return problem.components();
    }

    /**
     * The weight along a basis of the core's outputs.
     *
     * @param basis V, K by K, orthonormal columns in the order of their worth
     */
    Factors along(double[] basis) {
        LinearAlgebra algebra = problem.algebra();
        double[] left = q.map(columns -> algebra.multiply(columns, basis, problem.m(), rows(), rows()))
                .orElse(basis);
        return new Factors(left, algebra.multiplyTransposedLeft(basis, matrix, rows(), rows(), problem.n()));
    }
}
