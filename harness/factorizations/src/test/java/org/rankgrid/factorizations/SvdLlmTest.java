package org.rankgrid.factorizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.testkit.FactorizationContract;

class SvdLlmTest extends FactorizationContract {

    @Override
    protected Factorization factorization() {
        return new SvdLlm();
    }

    @Override
    protected LinearAlgebra algebra() {
        return Examples.ALGEBRA;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 8", "8, 3", "9, 9", "30, 50", "50, 30"})
    void everyTruncationIsThatOfPca(int m, int n) {
        double[] weight = Examples.random(m * n, 10L * m + n);
        double[] gram = Examples.gram(n, 2 * n, 3);
        Decomposition whitened = Examples.decompose(new SvdLlm(), weight, gram, m, n);
        Decomposition components = Examples.decompose(new Pca(), weight, gram, m, n);
        double largest = components.spectrum()[0];
        assertThat(whitened.notes()).isEmpty();
        assertThat(whitened.spectrum()).containsExactly(components.spectrum(), within(1e-12 * largest));
        for (int k = 1; k <= whitened.components(); k++) {
            assertThat(Examples.truncated(whitened, k))
                    .containsExactly(Examples.truncated(components, k), within(2e-6));
        }
    }

    @Test
    void dampsAndNotesAGramMatrixThatIsNotPositiveDefinite() {
        double[] ones = {1, 1, 1, 1};
        Decomposition decomposition = Examples.decompose(new SvdLlm(), new double[] {2, 0, 0, 1}, ones, 2, 2);
        assertThat(decomposition.notes()).singleElement().asString().contains("not positive definite", "was added");
        // W G WT has the one eigenvalue 5.
        assertThat(decomposition.spectrum()).containsExactly(new double[] {5, 0}, within(1e-5));
        assertThat(decomposition.spectrum()[1]).isPositive();
    }

    @Test
    void theDampingIsAsMuchLargerAsTheGramMatrix() {
        double[] weight = {2, 0, 0, 1};
        double[] small = Examples.decompose(new SvdLlm(), weight, new double[] {1, 1, 1, 1}, 2, 2)
                .spectrum();
        double[] large = Examples.decompose(new SvdLlm(), weight, new double[] {1024, 1024, 1024, 1024}, 2, 2)
                .spectrum();
        assertThat(large[1]).isCloseTo(1024 * small[1], within(1e-9 * large[0]));
    }

    @Test
    void sharesTheScaleBetweenTheFactors() {
        Decomposition decomposition =
                Examples.decompose(new SvdLlm(), new double[] {2, 0, 0, 1}, new double[] {1, 0, 0, 9}, 2, 2);
        assertThat(decomposition.spectrum()).containsExactly(new double[] {9, 4}, within(1e-14));
        float[] left = decomposition.left();
        assertThat(left[2]).isCloseTo((float) Math.sqrt(3), within(1e-6f));
        assertThat(left[1]).isCloseTo((float) Math.sqrt(2), within(1e-6f));
    }
}
