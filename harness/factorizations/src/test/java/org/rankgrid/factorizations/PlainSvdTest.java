package org.rankgrid.factorizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.option.Options;
import org.rankgrid.testkit.FactorizationContract;

class PlainSvdTest extends FactorizationContract {

    @Override
    protected Factorization factorization() {
        return new PlainSvd();
    }

    @Override
    protected LinearAlgebra algebra() {
        return Examples.ALGEBRA;
    }

    /** It looks at the weight alone: every feature counts the same. */
    @Override
    protected double[] lossForm(Factoring problem) {
        double[] ones = new double[problem.layer().columns()];
        Arrays.fill(ones, 1);
        return Examples.diagonal(ones);
    }

    @Test
    void keepsWhatIsLargeInTheWeight() {
        Decomposition decomposition =
                Examples.decompose(new PlainSvd(), new double[] {2, 0, 0, 1}, new double[] {1, 0, 0, 9}, 2, 2);
        assertThat(decomposition.spectrum()).containsExactly(new double[] {4, 1}, within(1e-14));
        assertThat(Examples.truncated(decomposition, 1)).containsExactly(new double[] {2, 0, 0, 0}, within(1e-6));
    }

    @Test
    void asksForNothingAboutTheInput() {
        assertThat(new PlainSvd().needs(Options.defaults(new PlainSvd().options())))
                .isEmpty();
        Decomposition decomposition = Examples.decompose(new PlainSvd(), new double[] {3, 4}, new double[0], 1, 2);
        assertThat(decomposition.spectrum()).containsExactly(new double[] {25}, within(1e-13));
    }

    @Test
    void allFactorizationsAreFoundAsServices() {
        assertThat(ServiceLoader.load(Factorization.class))
                .extracting(Factorization::id)
                .containsExactlyInAnyOrder("asvd", "fwsvd", "pca", "pca-centred", "pca-pooled", "svd", "svd-llm");
    }
}
