package org.rankgrid.factorizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.testkit.FactorizationContract;

class CentredPcaTest extends FactorizationContract {

    @Override
    protected Factorization factorization() {
        return new CentredPca();
    }

    @Override
    protected LinearAlgebra algebra() {
        return Examples.ALGEBRA;
    }

    /** T E[x xT] - T E[x] E[x]T. */
    @Override
    protected double[] lossForm(Factoring problem) {
        int n = problem.layer().columns();
        double tokens = Arrays.stream(problem.moments().groupTokens()).sum();
        double[] form = problem.moments().gram().clone();
        for (int i = 0; i < n * n; i++) {
            form[i] -= mean(problem, i / n) * mean(problem, i % n) / tokens;
        }
        return form;
    }

    private static double mean(Factoring problem, int feature) {
        return Arrays.stream(problem.moments().groupSums())
                .mapToDouble(sums -> sums[feature])
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"5, 7, 40", "7, 5, 40", "6, 6, 9", "1, 4, 10", "4, 1, 10"})
    void theTailOfTheSpectrumIsTheLossTokenByToken(int m, int n, int tokens) {
        double[] weight = Examples.random(m * n, 1);
        double[] x = Examples.inputs(n, tokens, 2);
        Decomposition decomposition = decompose(weight, x, m, n, Map.of());
        double total = Examples.loss(decomposition, 0, weight, x);
        for (int k = 0; k <= decomposition.components(); k++) {
            double tail = Arrays.stream(decomposition.spectrum()).skip(k).sum();
            assertThat(Examples.loss(decomposition, k, weight, x)).isCloseTo(tail, within(1e-6 * total));
        }
    }

    /** The relations of the worked example of ALGORITHMS E.4, 5 by 7 with 40 tokens. */
    @Test
    void aBiasHelpsAndCentringWithoutItHarms() {
        int m = 5;
        int n = 7;
        double[] weight = Examples.random(m * n, 3);
        double[] x = Examples.inputs(n, 40, 4);
        Factoring problem = Examples.factoring(weight, Examples.moments(x, n, 40), m, n);
        Decomposition plain = Examples.decompose(new PlainSvd(), problem, Map.of());
        Decomposition uncentred = Examples.decompose(new Pca(), problem, Map.of());
        Decomposition centred = Examples.decompose(new CentredPca(), problem, Map.of());
        Decomposition unbiased = Examples.decompose(new CentredPca(), problem, Map.of("bias", false));
        assertThat(unbiased.centre()).isEmpty();
        assertThat(unbiased.left()).isEqualTo(centred.left());
        assertThat(unbiased.spectrum()).isEqualTo(centred.spectrum());
        for (int k = 1; k < m; k++) {
            assertThat(Examples.loss(centred, k, weight, x)).isLessThan(Examples.loss(uncentred, k, weight, x));
            assertThat(Examples.loss(uncentred, k, weight, x)).isLessThan(Examples.loss(unbiased, k, weight, x));
            assertThat(Examples.loss(uncentred, k, weight, x)).isLessThan(Examples.loss(plain, k, weight, x));
        }
    }

    @Test
    void anInputThatNeverChangesNeedsNoComponents() {
        double[] weight = Examples.random(12, 5);
        double[] x = new double[4 * 6];
        for (int i = 0; i < x.length; i++) {
            int feature = i / 6;
            x[i] = 0.1 + feature;
        }
        Decomposition decomposition = decompose(weight, x, 3, 4, Map.of());
        assertThat(decomposition.spectrum()).containsOnly(0);
        assertThat(decomposition.notes()).isEmpty();
        assertThat(decomposition.centre().orElseThrow())
                .containsExactly(new double[] {0.1, 1.1, 2.1, 3.1}, within(1e-15));
        assertThat(Examples.loss(decomposition, 0, weight, x)).isCloseTo(0, within(1e-25));
    }

    @Test
    void refusesMomentsWithoutGroupSums() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.decompose(new CentredPca(), new double[6], Examples.gram(3, 9, 1), 2, 3))
                .withMessageContaining("h.0.attn.c_proj");
    }

    private static Decomposition decompose(double[] weight, double[] x, int m, int n, Map<String, Object> options) {
        int tokens = x.length / n;
        return Examples.decompose(
                new CentredPca(),
                Examples.factoring(weight, Examples.moments(x, n, tokens - tokens / 2, tokens / 2), m, n),
                options);
    }
}
