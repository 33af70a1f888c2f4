package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/**
 * What every factorization must satisfy whose spectrum is the loss under some quadratic form. A factorization's test extends
 * this class and says which form, where it is not the input's Gram matrix.
 */
public abstract class FactorizationContract {

    private static final String KEY = "model.layers.3.mlp.up_proj";

    /** Factors are 32-bit floats. */
    private static final double TOLERANCE = 1e-5;

    /** For subclasses. */
    protected FactorizationContract() {}

    /** What is under test. */
    protected abstract Factorization factorization();

    /** The decompositions it is tested with. */
    protected abstract LinearAlgebra algebra();

    /**
     * The n by n matrix H for which the spectrum counts the loss tr (W - W') H (W - W')T; the Gram matrix of the input by
     * default.
     *
     * @param problem the layer, with every statistic there is
     */
    protected double[] lossForm(Factoring problem) {
        return problem.moments().gram();
    }

    @Test
    void introducesItself() {
        assertThat(factorization().id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(factorization().summary()).isNotBlank().doesNotContain("\n");
        assertThat(factorization().version()).isNotBlank();
        assertThat(factorization().needs(options())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 6", "6, 1", "2, 2", "4, 7", "7, 4", "5, 5", "23, 40", "40, 23", "64, 64"})
    void allComponentsTogetherAreTheWeight(int m, int n) {
        Factoring problem = problem(NaiveMatrices.random(m, n, 1), moments(n, 3 * n), m, n);
        assertComplete(decompose(problem), problem);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 6", "6, 1", "2, 2", "4, 7", "7, 4", "5, 5", "23, 40", "40, 23"})
    void theLossOfATruncationIsTheTailOfTheSpectrum(int m, int n) {
        Factoring problem = problem(NaiveMatrices.random(m, n, 1), moments(n, 3 * n), m, n);
        Decomposition decomposition = decompose(problem);
        assertThat(decomposition.notes()).isEmpty();
        double total = loss(decomposition, problem, 0);
        for (int k = 0; k <= decomposition.components(); k++) {
            assertThat(loss(decomposition, problem, k))
                    .as("loss of keeping %s of %s components", k, decomposition.components())
                    .isCloseTo(tail(decomposition, k), within(TOLERANCE * total));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 7, 3", "7, 4, 2", "6, 6, 1", "12, 30, 5"})
    void fewerTokensThanFeaturesAreEnough(int m, int n, int tokens) {
        Factoring problem = problem(NaiveMatrices.random(m, n, 1), moments(n, tokens), m, n);
        Decomposition decomposition = decompose(problem);
        assertComplete(decomposition, problem);
        assertLossIsBounded(decomposition, problem);
    }

    @ParameterizedTest
    @CsvSource({"4, 7", "7, 4", "5, 5"})
    void anInputThatIsAlwaysZeroIsNoError(int m, int n) {
        MomentValues zero = new MomentValues(n, new double[n * n], new long[] {9}, new double[1][n], new double[n]);
        Factoring problem = problem(NaiveMatrices.random(m, n, 1), zero, m, n);
        Decomposition decomposition = decompose(problem);
        assertComplete(decomposition, problem);
        assertLossIsBounded(decomposition, problem);
    }

    @ParameterizedTest
    @CsvSource({"4, 7, 2", "7, 4, 0", "5, 5, 4"})
    void aFeatureThatIsAlwaysZeroIsNoError(int m, int n, int feature) {
        int tokens = 3 * n;
        double[] x = NaiveMatrices.random(n, tokens, 7);
        Arrays.fill(x, feature * tokens, (feature + 1) * tokens, 0);
        Factoring problem = problem(NaiveMatrices.random(m, n, 1), momentsOf(x, n, tokens), m, n);
        Decomposition decomposition = decompose(problem);
        assertComplete(decomposition, problem);
        assertLossIsBounded(decomposition, problem);
    }

    @ParameterizedTest
    @CsvSource({"4, 7, 2", "7, 4, 0", "5, 5, 4"})
    void aFeatureThatNeverChangesIsNoError(int m, int n, int feature) {
        int tokens = 3 * n;
        double[] x = NaiveMatrices.random(n, tokens, 7);
        Arrays.fill(x, feature * tokens, (feature + 1) * tokens, 0.1);
        Factoring problem = problem(NaiveMatrices.random(m, n, 1), momentsOf(x, n, tokens), m, n);
        Decomposition decomposition = decompose(problem);
        assertThat(decomposition.notes()).isEmpty();
        assertComplete(decomposition, problem);
        assertLossIsBounded(decomposition, problem);
    }

    @ParameterizedTest
    @CsvSource({"4, 7", "7, 4"})
    void aZeroWeightHasAZeroSpectrum(int m, int n) {
        Decomposition decomposition = decompose(problem(new double[m * n], moments(n, 3 * n), m, n));
        assertThat(decomposition.spectrum()).containsOnly(0);
        assertThat(product(decomposition, decomposition.components())).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"9, 14", "14, 9"})
    void aWeightOfLowRankHasNoMoreComponents(int m, int n) {
        double[] weight = NaiveMatrices.multiply(NaiveMatrices.random(m, 3, 1), NaiveMatrices.random(3, n, 2), m, 3, n);
        Factoring problem = problem(weight, moments(n, 3 * n), m, n);
        Decomposition decomposition = decompose(problem);
        assertComplete(decomposition, problem);
        assertThat(decomposition.spectrum()[3])
                .isCloseTo(0, within(1e-9 * decomposition.spectrum()[0]));
        assertThat(NaiveMatrices.norm(NaiveMatrices.subtract(product(decomposition, 3), weight)))
                .isLessThanOrEqualTo(TOLERANCE * NaiveMatrices.norm(weight));
    }

    @Test
    void oneHugeFeatureDoesNotSpoilTheOthers() {
        int m = 10;
        int n = 16;
        double[] x = NaiveMatrices.random(n, 4 * n, 5);
        for (int t = 0; t < 4 * n; t++) {
            x[t] *= 1e4;
        }
        Factoring problem = problem(NaiveMatrices.random(m, n, 6), momentsOf(x, n, 4 * n), m, n);
        Decomposition decomposition = decompose(problem);
        assertComplete(decomposition, problem);
        assertLossIsBounded(decomposition, problem);
    }

    @Test
    void theSameInputGivesTheSameBits() {
        double[] weight = NaiveMatrices.random(11, 17, 1);
        Decomposition first = decompose(problem(weight, moments(17, 40), 11, 17));
        Decomposition second = decompose(problem(weight, moments(17, 40), 11, 17));
        assertThat(second.spectrum()).isEqualTo(first.spectrum());
        assertThat(second.left()).isEqualTo(first.left());
        assertThat(second.right()).isEqualTo(first.right());
        assertThat(second.centre()).usingRecursiveComparison().isEqualTo(first.centre());
        assertThat(second.notes()).isEqualTo(first.notes());
    }

    @Test
    void leavesItsArgumentsAlone() {
        Factoring problem = problem(NaiveMatrices.random(6, 9, 1), moments(9, 6), 6, 9);
        decompose(problem);
        assertThat(problem)
                .usingRecursiveComparison()
                .isEqualTo(problem(NaiveMatrices.random(6, 9, 1), moments(9, 6), 6, 9));
    }

    @Test
    void refusesAWeightThatIsNotFinite() {
        double[] weight = NaiveMatrices.random(3, 4, 1);
        weight[6] = Double.NaN;
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> decompose(problem(weight, moments(4, 20), 3, 4)))
                .withMessageContaining(KEY)
                .withMessageContaining("NaN");
    }

    @ParameterizedTest
    @EnumSource(LayerStatistic.class)
    void refusesAStatisticThatIsNotFinite(LayerStatistic statistic) {
        assumeTrue(factorization().needs(options()).contains(statistic), "it does not ask for it");
        Factoring problem = problem(NaiveMatrices.random(3, 4, 1), moments(4, 21), 3, 4);
        switch (statistic) {
            case GRAM -> problem.moments().gram()[5] = Double.POSITIVE_INFINITY;
            case GROUP_SUMS -> problem.moments().groupSums()[1][2] = Double.POSITIVE_INFINITY;
            case ABSOLUTE_SUMS -> problem.moments().absoluteSums()[3] = Double.POSITIVE_INFINITY;
            case WEIGHT_GRADIENTS -> problem.weightGradients()[3] = Double.POSITIVE_INFINITY;
        }
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> decompose(problem))
                .withMessageContaining(KEY)
                .withMessageContaining("Infinity");
    }

    private Options options() {
        return Options.defaults(factorization().options());
    }

    /** A layer with every statistic; the gradients are those of a loss that feels every output alike. */
    private static Factoring problem(double[] weight, MomentValues moments, int m, int n) {
        double[] weightGradients = new double[n];
        for (int c = 0; c < n; c++) {
            weightGradients[c] = m * moments.gram()[c * n + c];
        }
        return new Factoring(new Layer(KEY, 3, Role.UP, m, n), weight, moments, weightGradients);
    }

    private Decomposition decompose(Factoring problem) {
        Decomposition decomposition = factorization().decompose(problem, algebra(), options());
        assertThat(decomposition.rows()).isEqualTo(problem.layer().rows());
        assertThat(decomposition.columns()).isEqualTo(problem.layer().columns());
        assertThat(decomposition.spectrum()).hasSize(problem.layer().fullRank()).doesNotContain(Double.NaN);
        decomposition
                .centre()
                .ifPresent(centre -> assertThat(Arrays.stream(centre)).allMatch(Double::isFinite));
        for (int k = 0; k < decomposition.components(); k++) {
            assertThat(decomposition.spectrum()[k])
                    .isGreaterThanOrEqualTo(0)
                    .isLessThanOrEqualTo(
                            k == 0 ? Double.MAX_VALUE : decomposition.spectrum()[k - 1]);
        }
        return decomposition;
    }

    /** Moments of random inputs whose features differ in size. */
    private static MomentValues moments(int n, int tokens) {
        double[] x = NaiveMatrices.random(n, tokens, 99);
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < tokens; t++) {
                x[i * tokens + t] *= 1 + i;
            }
        }
        return momentsOf(x, n, tokens);
    }

    /** Three groups of equally many tokens, two at least, where they can be had; else one. */
    private static MomentValues momentsOf(double[] x, int n, int tokens) {
        int groups = tokens > 3 && tokens % 3 == 0 ? 3 : 1;
        long[] groupTokens = new long[groups];
        Arrays.fill(groupTokens, tokens / groups);
        double[][] sums = new double[groups][n];
        double[] absoluteSums = new double[n];
        for (int i = 0; i < n; i++) {
            for (int t = 0; t < tokens; t++) {
                sums[t * groups / tokens][i] += x[i * tokens + t];
                absoluteSums[i] += Math.abs(x[i * tokens + t]);
            }
        }
        double[] gram = NaiveMatrices.multiply(x, NaiveMatrices.transpose(x, n, tokens), n, tokens, n);
        return new MomentValues(n, gram, groupTokens, sums, absoluteSums);
    }

    private static void assertComplete(Decomposition decomposition, Factoring problem) {
        double[] product = product(decomposition, decomposition.components());
        assertThat(NaiveMatrices.norm(NaiveMatrices.subtract(product, problem.weight())))
                .as("all components against the weight")
                .isLessThanOrEqualTo(TOLERANCE * NaiveMatrices.norm(problem.weight()));
    }

    /** A damped form promises at least the loss; it may not promise less. */
    private void assertLossIsBounded(Decomposition decomposition, Factoring problem) {
        double total = loss(decomposition, problem, 0);
        for (int k = 0; k <= decomposition.components(); k++) {
            assertThat(loss(decomposition, problem, k))
                    .as("loss of keeping %s components", k)
                    .isLessThanOrEqualTo(tail(decomposition, k) + TOLERANCE * total);
        }
    }

    /** W' of the first k components. */
    private static double[] product(Decomposition decomposition, int k) {
        int m = decomposition.rows();
        int n = decomposition.columns();
        int components = decomposition.components();
        double[] product = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int c = 0; c < k; c++) {
                for (int j = 0; j < n; j++) {
                    product[i * n + j] += (double) decomposition.left()[i * components + c]
                            * decomposition.right()[c * n + j];
                }
            }
        }
        return product;
    }

    private double loss(Decomposition decomposition, Factoring problem, int k) {
        int m = decomposition.rows();
        int n = decomposition.columns();
        double[] error = NaiveMatrices.subtract(problem.weight(), product(decomposition, k));
        double[] formed = NaiveMatrices.multiply(error, lossForm(problem), m, n, n);
        double loss = 0;
        for (int i = 0; i < error.length; i++) {
            loss += formed[i] * error[i];
        }
        return loss;
    }

    private static double tail(Decomposition decomposition, int k) {
        return Arrays.stream(decomposition.spectrum(), k, decomposition.components())
                .sum();
    }
}
