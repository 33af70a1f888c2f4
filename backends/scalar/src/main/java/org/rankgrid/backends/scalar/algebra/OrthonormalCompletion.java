package org.rankgrid.backends.scalar.algebra;

import java.util.Arrays;

/** Completes orthonormal vectors by further ones. */
final class OrthonormalCompletion {

    private OrthonormalCompletion() {}

    /**
     * Overwrites the vectors from {@code known} on, so that all are orthonormal.
     *
     * @param vectors at most m, each of m values; the first {@code known} are orthonormal
     */
    static void complete(double[][] vectors, int known, int m) {
        // What is left of the squared length of each unit vector outside the span so far.
        double[] outside = new double[m];
        Arrays.fill(outside, 1);
        for (int k = 0; k < known; k++) {
            subtractSquares(vectors[k], outside);
        }
        for (int k = known; k < vectors.length; k++) {
            double[] vector = vectors[k];
            Arrays.fill(vector, 0);
            vector[largest(outside)] = 1;
            // Twice is enough (Kahan, Parlett).
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < k; j++) {
                    Vectors.axpy(-Vectors.dot(vectors[j], vector, 0, m), vectors[j], vector, 0, m);
                }
                Vectors.scale(1 / Math.sqrt(Vectors.dot(vector, vector, 0, m)), vector, 0, m);
            }
            subtractSquares(vector, outside);
        }
    }

    private static void subtractSquares(double[] vector, double[] outside) {
        for (int i = 0; i < outside.length; i++) {
            outside[i] -= vector[i] * vector[i];
        }
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
