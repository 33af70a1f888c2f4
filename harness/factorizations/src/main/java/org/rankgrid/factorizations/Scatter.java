package org.rankgrid.factorizations;

import java.util.Arrays;
import java.util.List;
import org.rankgrid.spi.compute.MomentValues;

/**
 * The scatter of a layer's input about a mean: the sum over tokens of (x - mean) (x - mean)T, from the uncentred moments
 * alone. A covariance is this over a number of tokens, which changes no truncation.
 *
 * @param matrix n by n, symmetric
 * @param centre the mean input, n values
 * @param notes where the estimate is not the published one
 */
record Scatter(double[] matrix, double[] centre, List<String> notes) {

    /** A feature whose scatter is no more than this share of its mean square is constant: what is left is rounding. */
    private static final double ROUNDING = 1e-12;

    /** The scatter about the mean of all t tokens: G - s sT / t with s the sum of x. */
    static Scatter total(Problem problem) {
        MomentValues moments = problem.grouped();
        int n = problem.n();
        double[] sum = new double[n];
        for (double[] group : moments.groupSums()) {
            for (int i = 0; i < n; i++) {
                sum[i] += group[i];
            }
        }
        double[] scatter = problem.gram().clone();
        removeMean(scatter, sum, problem.tokens());
        double[] centre = Arrays.stream(sum).map(s -> s / problem.tokens()).toArray();
        clearConstantFeatures(scatter, problem.gram(), n);
        return new Scatter(scatter, centre, List.of());
    }

    /**
     * The scatter about each group's own mean, G - Σ s_a s_aT / t_a, and the mean of the groups' means. Where all groups have
     * the same number of tokens t_a it is Bolaco's mean of the groups' covariances times g (t_a - 1); where they do not,
     * that mean does not follow from G, and this is the covariance pooled in proportion to the tokens, which is noted.
     */
    static Scatter withinGroups(Problem problem) {
        MomentValues moments = problem.grouped();
        int n = problem.n();
        long[] tokens = moments.groupTokens();
        double[] scatter = problem.gram().clone();
        double[] centre = new double[n];
        for (int a = 0; a < tokens.length; a++) {
            double[] sum = moments.groupSums()[a];
            removeMean(scatter, sum, tokens[a]);
            for (int i = 0; i < n; i++) {
                centre[i] += sum[i] / tokens[a] / tokens.length;
            }
        }
        clearConstantFeatures(scatter, problem.gram(), n);
        return new Scatter(scatter, centre, notes(tokens));
    }

    private static List<String> notes(long[] tokens) {
        long fewest = Arrays.stream(tokens).min().orElseThrow();
        long most = Arrays.stream(tokens).max().orElseThrow();
        return fewest == most
                ? List.of()
                : List.of("the groups have from " + fewest + " to " + most
                        + " tokens: their covariances are pooled in proportion to them, not evenly");
    }

    /** scatter - s sT / t. */
    private static void removeMean(double[] scatter, double[] sum, long tokens) {
        int n = sum.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scatter[i * n + j] -= sum[i] * sum[j] / tokens;
            }
        }
    }

    /** Rounding may leave a constant feature a scatter a little below zero, which no other feature could make up for. */
    private static void clearConstantFeatures(double[] scatter, double[] gram, int n) {
        for (int c = 0; c < n; c++) {
            if (scatter[c * n + c] <= ROUNDING * gram[c * n + c]) {
                for (int i = 0; i < n; i++) {
                    scatter[c * n + i] = 0;
                    scatter[i * n + c] = 0;
                }
            }
        }
    }
}
