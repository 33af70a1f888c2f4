package org.rankgrid.factorizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.SymmetricEigen;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.option.Options;
import org.rankgrid.testkit.FactorizationContract;

class PcaTest extends FactorizationContract {

    @Override
    protected Factorization factorization() {
        return new Pca();
    }

    @Override
    protected LinearAlgebra algebra() {
        return Examples.ALGEBRA;
    }

    @Test
    void keepsWhatTheInputMakesLarge() {
        // W = diag(2, 1), X = diag(1, 3): W S = diag(2, 3), so the second direction goes first and the loss is 4.
        Decomposition decomposition =
                Examples.decompose(new Pca(), new double[] {2, 0, 0, 1}, new double[] {1, 0, 0, 9}, 2, 2);
        assertThat(decomposition.spectrum()).containsExactly(new double[] {9, 4}, within(1e-14));
        assertThat(Examples.truncated(decomposition, 1)).containsExactly(new double[] {0, 0, 0, 1}, within(1e-7));
    }

    @Test
    void aTallWeightGivesTheEigenvectorsOfItsLargeOutputGram() {
        int m = 12;
        int n = 5;
        double[] weight = Examples.random(m * n, 1);
        double[] gram = Examples.gram(n, 20, 2);
        double[] wg = Examples.ALGEBRA.multiply(weight, gram, m, n, n);
        double[] output = Examples.ALGEBRA.multiplyTransposedRight(wg, weight, m, n, m);
        SymmetricEigen direct = Examples.ALGEBRA.symmetricEigen(output, m);

        Decomposition decomposition = Examples.decompose(new Pca(), weight, gram, m, n);
        for (int k = 0; k < n; k++) {
            assertThat(decomposition.spectrum()[k]).isCloseTo(direct.values()[k], within(1e-11 * direct.values()[0]));
            double cosine = 0;
            for (int i = 0; i < m; i++) {
                cosine += decomposition.left()[i * n + k] * direct.vectors()[i * m + k];
            }
            assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void notesEigenvaluesThatAreTrulyNegative() {
        Decomposition decomposition =
                Examples.decompose(new Pca(), new double[] {1, 0, 0, 1}, new double[] {1, 0, 0, -0.25}, 2, 2);
        assertThat(decomposition.spectrum()).containsExactly(1, 0);
        assertThat(decomposition.notes()).singleElement().asString().contains("-2.500e-01", "1.000e+00");
    }

    @Test
    void refusesEigenvectorsThatAreNone() {
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> new Pca()
                        .decompose(
                                Examples.factoring(Examples.random(6, 1), Examples.gram(3, 9, 2), 2, 3),
                                withWrongEigenvectors(),
                                Options.defaults(new Pca().options())))
                .withMessageContaining("h.0.attn.c_proj")
                .withMessageContaining("residual");
    }

    @Test
    void refusesAGramMatrixOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.decompose(new Pca(), new double[6], new double[4], 2, 3))
                .withMessageContaining("3 x 3");
    }

    @Test
    void refusesAWeightWhoseFactorsOverflowAFloat() {
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> Examples.decompose(new Pca(), new double[] {1e39}, new double[] {1}, 1, 1))
                .withMessageContaining("1.0E39");
    }

    @Test
    void refusesAWeightThatFloatsCannotHold() {
        assertThatExceptionOfType(DecompositionException.class)
                .isThrownBy(() -> Examples.decompose(new Pca(), new double[] {1.1e-45, 1e-44}, new double[] {1}, 2, 1))
                .withMessageContaining("relative error");
    }

    private static LinearAlgebra withWrongEigenvectors() {
        return (LinearAlgebra) Proxy.newProxyInstance(
                PcaTest.class.getClassLoader(), new Class<?>[] {LinearAlgebra.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(Examples.ALGEBRA, arguments);
                    if (result instanceof SymmetricEigen eigen) {
                        eigen.vectors()[0] += 1e-6;
                    }
                    return result;
                });
    }
}
