package org.rankgrid.factorizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.testkit.FactorizationContract;

class PooledPcaTest extends FactorizationContract {

    @Override
    protected Factorization factorization() {
        return new PooledPca();
    }

    @Override
    protected LinearAlgebra algebra() {
        return Examples.ALGEBRA;
    }

    @Override
    protected double[] lossForm(Factoring problem) {
        int n = problem.layer().columns();
        MomentValues moments = problem.moments();
        double[] form = moments.gram().clone();
        for (int a = 0; a < moments.groupTokens().length; a++) {
            double[] sums = moments.groupSums()[a];
            for (int i = 0; i < n * n; i++) {
                form[i] -= sums[i / n] * sums[i % n] / moments.groupTokens()[a];
            }
        }
        return form;
    }

    /** The covariance of the outputs, group by group and token by token, as the paper has it. */
    @ParameterizedTest
    @CsvSource({"5, 7, 4, 10", "7, 5, 3, 12", "4, 4, 1, 20", "3, 6, 2, 2"})
    void isTheMeanOfTheGroupsCovariances(int m, int n, int groups, int size) {
        double[] weight = Examples.random(m * n, 1);
        double[] x = driftingInputs(n, groups, size);
        double[] y = Examples.ALGEBRA.multiply(weight, x, m, n, groups * size);
        double[] covariance = new double[m * m];
        double[] mean = new double[m];
        for (int a = 0; a < groups; a++) {
            double[] ofGroup = new double[m];
            for (int i = 0; i < m; i++) {
                for (int t = a * size; t < (a + 1) * size; t++) {
                    ofGroup[i] += y[i * groups * size + t] / size;
                }
                mean[i] += ofGroup[i] / groups;
            }
            for (int t = a * size; t < (a + 1) * size; t++) {
                for (int i = 0; i < m * m; i++) {
                    covariance[i] += (y[i / m * groups * size + t] - ofGroup[i / m])
                            * (y[i % m * groups * size + t] - ofGroup[i % m])
                            / (size - 1)
                            / groups;
                }
            }
        }
        double[] expected = Examples.ALGEBRA.symmetricEigen(covariance, m).values();

        int[] sizes = new int[groups];
        Arrays.fill(sizes, size);
        Decomposition decomposition = decompose(weight, Examples.moments(x, n, sizes), m, n);

        assertThat(decomposition.notes()).isEmpty();
        for (int k = 0; k < decomposition.components(); k++) {
            assertThat(decomposition.spectrum()[k] / (groups * (size - 1)))
                    .isCloseTo(expected[k], within(1e-12 * expected[0]));
        }
        assertThat(Examples.ALGEBRA.multiply(weight, decomposition.centre().orElseThrow(), m, n, 1))
                .containsExactly(mean, within(1e-12));
    }

    @Test
    void oneGroupIsCentredPca() {
        double[] weight = Examples.random(5 * 7, 1);
        Factoring problem = Examples.factoring(weight, Examples.moments(Examples.inputs(7, 40, 2), 7, 40), 5, 7);
        Decomposition pooled = Examples.decompose(new PooledPca(), problem, Map.of());
        Decomposition centred = Examples.decompose(new CentredPca(), problem, Map.of());
        assertThat(pooled.spectrum()).containsExactly(centred.spectrum(), within(1e-12 * centred.spectrum()[0]));
        assertThat(Examples.truncated(pooled, 2)).containsExactly(Examples.truncated(centred, 2), within(1e-6));
        assertThat(pooled.centre().orElseThrow())
                .containsExactly(centred.centre().orElseThrow(), within(1e-14));
    }

    @Test
    void howTheMeansOfGroupsDifferDoesNotCount() {
        double[] weight = Examples.random(5 * 7, 1);
        double[] level = Examples.inputs(7, 40, 2);
        double[] shifted = level.clone();
        for (int i = 0; i < 7; i++) {
            for (int t = 0; t < 20; t++) {
                shifted[i * 40 + t] += 3 * i;
            }
        }
        Decomposition ofLevel = decompose(weight, Examples.moments(level, 7, 20, 20), 5, 7);
        Decomposition ofShifted = decompose(weight, Examples.moments(shifted, 7, 20, 20), 5, 7);
        assertThat(ofShifted.spectrum()).containsExactly(ofLevel.spectrum(), within(1e-10 * ofLevel.spectrum()[0]));
    }

    @Test
    void groupsOfOneTokenHaveNoScatter() {
        double[] weight = Examples.random(2 * 3, 1);
        Decomposition decomposition =
                decompose(weight, Examples.moments(Examples.inputs(3, 4, 2), 3, 1, 1, 1, 1), 2, 3);
        assertThat(decomposition.spectrum()).containsOnly(0);
        assertThat(Examples.truncated(decomposition, 2)).containsExactly(weight, within(1e-6));
    }

    @Test
    void notesGroupsOfDifferentSizes() {
        double[] weight = Examples.random(5 * 7, 1);
        Decomposition decomposition =
                decompose(weight, Examples.moments(Examples.inputs(7, 40, 2), 7, 16, 16, 8), 5, 7);
        assertThat(decomposition.notes()).singleElement().asString().contains("from 8 to 16 tokens");
    }

    private static Decomposition decompose(double[] weight, MomentValues moments, int m, int n) {
        return Examples.decompose(new PooledPca(), Examples.factoring(weight, moments, m, n), Map.of());
    }

    /** Inputs whose mean differs from group to group. */
    private static double[] driftingInputs(int n, int groups, int size) {
        double[] x = Examples.inputs(n, groups * size, 2);
        for (int i = 0; i < x.length; i++) {
            int group = i % (groups * size) / size;
            x[i] += group;
        }
        return x;
    }
}
