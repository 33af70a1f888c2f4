package org.rankgrid.backends.scalar.algebra;

/**
 * The rule that makes the signs of vectors unique: the component of largest magnitude is positive, the first of equals
 * decides.
 */
public final class SignRule {

    private SignRule() {}

    /** Whether a vector, {@code values[first], values[first + stride], ...}, has to change its sign. */
    private static boolean violated(double[] values, int first, int stride, int length) {
        double decisive = 0;
        for (int i = 0; i < length; i++) {
            double value = values[first + i * stride];
            if (Math.abs(value) > Math.abs(decisive)) {
                decisive = value;
            }
        }
        return decisive < 0;
    }

    /** Applies the rule to the rows of a matrix, in place. */
    public static void applyToRows(double[] vectors, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            if (violated(vectors, i * columns, 1, columns)) {
                negate(vectors, i * columns, 1, columns);
            }
        }
    }

    /**
     * Applies the rule to the left vectors of a singular value decomposition, the right ones following, in place.
     *
     * @param left m by K, vectors in columns
     * @param right K by n, vectors in rows
     */
    public static void applyToPairs(double[] left, double[] right, int m, int components, int n) {
        for (int k = 0; k < components; k++) {
            if (violated(left, k, components, m)) {
                negate(left, k, components, m);
                negate(right, k * n, 1, n);
            }
        }
    }

    private static void negate(double[] values, int first, int stride, int length) {
        for (int i = 0; i < length; i++) {
            values[first + i * stride] = -values[first + i * stride];
        }
    }
}
