package org.rankgrid.factorizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.FactorizationContract;

class FwsvdTest extends FactorizationContract {

    @Override
    protected Factorization factorization() {
        return new Fwsvd();
    }

    @Override
    protected LinearAlgebra algebra() {
        return Examples.ALGEBRA;
    }

    @Override
    protected double[] lossForm(Factoring problem) {
        double[] roots = Arrays.stream(problem.weightGradients())
                .map(squares -> Math.sqrt(squares / problem.layer().rows()))
                .toArray();
        double floor = 1e-6 * Arrays.stream(roots).max().orElseThrow();
        return Examples.diagonal(Arrays.stream(roots)
                .map(root -> (root + floor) * (root + floor))
                .toArray());
    }

    @Test
    void keepsWhatTheLossFeels() {
        // Two rows with squared gradients of 1 and 9 a weight: W S = diag(2, 3).
        Decomposition decomposition = decompose(Examples.diagonal(2, 1), new double[] {2, 18}, 1);
        assertThat(decomposition.spectrum()).containsExactly(new double[] {9, 4}, within(1e-4));
        assertThat(Examples.truncated(decomposition, 1)).containsExactly(new double[] {0, 0, 0, 1}, within(1e-7));
    }

    @Test
    void thePowerTurnsTheWeightsDown() {
        assertThat(decompose(Examples.diagonal(2, 1), new double[] {2, 162}, 0.5)
                        .spectrum())
                .containsExactly(new double[] {9, 4}, within(1e-4));
        assertThat(decompose(Examples.diagonal(2, 1), new double[] {2, 162}, 0).spectrum())
                .containsExactly(new double[] {4, 1}, within(1e-4));
    }

    @Test
    void moreSequencesScaleTheSpectrumAndChangeNoTruncation() {
        double[] weight = Examples.random(12, 1);
        double[] gradients = {1e-9, 4e-9, 0, 2e-9};
        double[] more = Arrays.stream(gradients).map(g -> 16 * g).toArray();
        Decomposition few = decompose(weight, gradients, 1);
        Decomposition many = decompose(weight, more, 1);
        assertThat(many.left()).isEqualTo(few.left());
        assertThat(many.spectrum())
                .containsExactly(
                        Arrays.stream(few.spectrum()).map(s -> 16 * s).toArray(), within(1e-12 * many.spectrum()[0]));
    }

    private static Decomposition decompose(double[] weight, double[] weightGradients, double alpha) {
        int n = weightGradients.length;
        Layer layer = new Layer("h.0.attn.c_proj", 0, Role.O, weight.length / n, n);
        Factoring problem = new Factoring(layer, weight, MomentValues.none(n), weightGradients);
        return Examples.decompose(new Fwsvd(), problem, Map.of("alpha", alpha));
    }
}
