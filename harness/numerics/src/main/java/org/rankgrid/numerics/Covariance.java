package org.rankgrid.numerics;

import java.util.List;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.RealMatrix;

/**
 * The covariance matrix of some observations, factored. Observations of one place make it singular; then as much is added to
 * its diagonal as the factorization needs, in steps of ten.
 */
final class Covariance {

    /** The first thing to add, and the smallest pivot, as shares of the signal. */
    private static final double FIRST_JITTER = 1e-10;

    private static final double SMALLEST_PIVOT = 1e-13;

    private final DecompositionSolver solver;
    private final double logDeterminant;
    private final double jitter;

    private Covariance(CholeskyDecomposition factored, double jitter) {
        this.solver = factored.getSolver();
        this.jitter = jitter;
        RealMatrix lower = factored.getL();
        double sum = 0;
        for (int i = 0; i < lower.getRowDimension(); i++) {
            sum += 2 * Math.log(lower.getEntry(i, i));
        }
        this.logDeterminant = sum;
    }

    static Covariance of(List<double[]> points, KernelParameters kernel) {
        double[] lengthScales = kernel.lengthScales();
        double[][] matrix = new double[points.size()][points.size()];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < i; j++) {
                double value = kernel.signal() * Matern.correlation(points.get(i), points.get(j), lengthScales);
                matrix[i][j] = value;
                matrix[j][i] = value;
            }
            matrix[i][i] = kernel.signal() + kernel.noise();
        }
        double added = 0;
        while (true) {
            try {
                return new Covariance(factor(matrix, added, kernel.signal()), added);
            } catch (MathIllegalArgumentException notPositiveDefinite) {
                if (added > kernel.signal()) {
                    throw new IllegalStateException(
                            "a covariance matrix is not positive definite", notPositiveDefinite);
                }
                added = added == 0 ? FIRST_JITTER * kernel.signal() : added * 10;
            }
        }
    }

    private static CholeskyDecomposition factor(double[][] matrix, double added, double signal) {
        RealMatrix raised = new Array2DRowRealMatrix(matrix);
        for (int i = 0; i < matrix.length; i++) {
            raised.addToEntry(i, i, added);
        }
        return new CholeskyDecomposition(
                raised, CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD, SMALLEST_PIVOT * signal);
    }

    /** The inverse times a vector. */
    double[] solve(double[] right) {
        return solver.solve(new ArrayRealVector(right, false)).toArray();
    }

    double[][] inverse() {
        return solver.getInverse().getData();
    }

    double logDeterminant() {
        return logDeterminant;
    }

    /** What was added to the diagonal; 0 if nothing. */
    double jitter() {
        return jitter;
    }
}
