package org.rankgrid.factorizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;
import org.rankgrid.testkit.FactorizationContract;

class AsvdTest extends FactorizationContract {

    /** W = diag(2, 1) and eight tokens whose features have the mean magnitudes 1 and 9, the root mean squares 1 and 5. */
    private static final Factoring PROBLEM = Examples.factoring(
            Examples.diagonal(2, 1),
            new MomentValues(2, Examples.diagonal(8, 200), new long[] {3, 5}, new double[2][2], new double[] {8, 72}),
            2,
            2);

    @Override
    protected Factorization factorization() {
        return new Asvd();
    }

    @Override
    protected LinearAlgebra algebra() {
        return Examples.ALGEBRA;
    }

    @Override
    protected double[] lossForm(Factoring problem) {
        double[] squares = problem.moments().absoluteSums().clone();
        long tokens = 0;
        for (long ofGroup : problem.moments().groupTokens()) {
            tokens += ofGroup;
        }
        for (int c = 0; c < squares.length; c++) {
            double scale = Math.sqrt(squares[c] / tokens) + 1e-6;
            squares[c] = scale * scale;
        }
        return Examples.diagonal(squares);
    }

    @Test
    void scalesByTheRootOfTheMeanMagnitude() {
        Decomposition decomposition = Examples.decompose(new Asvd(), PROBLEM, Map.of("epsilon", 0.0));
        assertThat(decomposition.spectrum()).containsExactly(new double[] {9, 4}, within(1e-13));
        assertThat(Examples.truncated(decomposition, 1)).containsExactly(new double[] {0, 0, 0, 1}, within(1e-7));
    }

    @Test
    void theRootMeanSquareIsThatOfLorap() {
        Decomposition decomposition =
                Examples.decompose(new Asvd(), PROBLEM, Map.of("metric", "rms", "alpha", 1.0, "epsilon", 0.0));
        assertThat(decomposition.spectrum()).containsExactly(new double[] {25, 4}, within(1e-13));
    }

    @Test
    void epsilonIsAddedToEveryScale() {
        Decomposition decomposition = Examples.decompose(new Asvd(), PROBLEM, Map.of("epsilon", 1.0));
        assertThat(decomposition.spectrum()).containsExactly(new double[] {16, 16}, within(1e-13));
    }

    @Test
    void thePowerZeroIsPlainSvd() {
        Decomposition decomposition = Examples.decompose(new Asvd(), PROBLEM, Map.of("alpha", 0.0, "epsilon", 0.0));
        assertThat(decomposition.spectrum()).containsExactly(new double[] {4, 1}, within(1e-13));
    }

    @Test
    void asksForWhatItsMetricReads() {
        assertThat(new Asvd().needs(Options.defaults(new Asvd().options())))
                .containsExactly(LayerStatistic.ABSOLUTE_SUMS);
        assertThat(new Asvd().needs(Options.of(new Asvd().options(), Map.of("metric", "rms"))))
                .containsExactly(LayerStatistic.GRAM);
    }
}
