package org.rankgrid.factorizations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.SymmetricEigen;

/**
 * The eigenvalues of a Gram matrix, none negative, and its eigenvectors.
 *
 * @param values descending
 * @param vectors in columns
 * @param notes what had to be repaired
 */
record Spectrum(double[] values, double[] vectors, List<String> notes) {

    /** The largest ‖C U - U diag(values)‖ / ‖C‖ allowed. */
    static final double RESIDUAL_TOLERANCE = 1e-10;

    /** Eigenvalues below zero by no more than this share of the largest are rounding and not worth a note. */
    static final double NEGATIVE_TOLERANCE = 1e-9;

    /**
     * Decomposes a Gram matrix C. Eigenvalues that rounding made negative become zero.
     *
     * @throws org.rankgrid.spi.compute.DecompositionException if the eigenvectors do not diagonalise it
     */
    static Spectrum ofGram(Problem problem, double[] gram, int size) {
        LinearAlgebra algebra = problem.algebra();
        SymmetricEigen eigen = algebra.symmetricEigen(gram, size);
        double residual = residual(algebra, eigen, gram, size);
        if (!(residual <= RESIDUAL_TOLERANCE)) {
            throw problem.failure(String.format(
                    Locale.ROOT,
                    "the eigenvectors of its output Gram matrix leave a relative residual of %.2e, %.0e is allowed",
                    residual,
                    RESIDUAL_TOLERANCE));
        }
        double[] values = eigen.values().clone();
        double largest = Math.max(values[0], 0);
        double lowest = values[size - 1];
        for (int k = 0; k < size; k++) {
            values[k] = Math.max(values[k], 0);
        }
        List<String> notes = new ArrayList<>();
        if (lowest < -NEGATIVE_TOLERANCE * largest) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the output Gram matrix has negative eigenvalues down to %.3e beside the largest %.3e; they count as 0",
                    lowest,
                    largest));
        }
        return new Spectrum(values, eigen.vectors(), notes);
    }

    /** The squares of singular values. */
    static double[] squared(double[] singularValues) {
        double[] squares = new double[singularValues.length];
        for (int k = 0; k < squares.length; k++) {
            squares[k] = singularValues[k] * singularValues[k];
        }
        return squares;
    }

    private static double residual(LinearAlgebra algebra, SymmetricEigen eigen, double[] gram, int size) {
        double[] product = algebra.multiply(gram, eigen.vectors(), size, size, size);
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                product[i * size + k] -= eigen.values()[k] * eigen.vectors()[i * size + k];
            }
        }
        double residual = Norms.norm(product);
        return residual == 0 ? 0 : residual / Norms.norm(gram);
    }
}
