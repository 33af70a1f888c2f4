package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;

/** Divergences of the next-token distributions of two models with the same head. */
abstract class DivergenceContract extends OperationContract {

    DivergenceContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "3, 7, 2, 0", "5, 17, 33, 0", "13, 64, 512, 0", "30, 100, 4131, 0", "7, 48, 300, 1.7"})
    void divergencesAreMeansOfLogRatios(int t, int n, int v, double cap) {
        float[] hidden = random(t * n, 1);
        float[] reference = random(t * n, 2);
        float[] head = random(v * n, 3);
        double[] actual = diverge(hidden, reference, t, n, head, v, cap);
        for (int r = 0; r < t; r++) {
            double[] p = VocabularyContract.logits(hidden, head, r, n, v, cap);
            double[] q = VocabularyContract.logits(reference, head, r, n, v, cap);
            double expected = divergence(p, q);
            double tolerance =
                    contract().logProbabilityTolerance() + 2 * contract().productTolerance() * n;
            assertThat(actual[r]).as("row %s", r).isCloseTo(expected, within(tolerance));
        }
    }

    @Test
    void aModelDoesNotDivergeFromItself() {
        float[] hidden = random(5 * 20, 1);
        double[] actual = diverge(hidden, hidden, 5, 20, random(700 * 20, 2), 700, 0);
        for (double divergence : actual) {
            assertThat(divergence).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void smallDivergencesKeepTheirDigits() {
        // With one feature the logits are exact, and a shift of the state by e moves the divergence by e^2 / 2 times
        // their variance.
        int v = 40;
        float[] head = random(v, 1);
        float near = 1 + 1f / 4096;
        double[] actual = diverge(new float[] {1}, new float[] {near}, 1, 1, head, v, 0);
        double[] p = VocabularyContract.logits(new float[] {1}, head, 0, 1, v, 0);
        double[] q = VocabularyContract.logits(new float[] {near}, head, 0, 1, v, 0);
        double expected = divergence(p, q);
        assertThat(expected).isBetween(1e-9, 1e-7);
        assertThat(actual[0]).isCloseTo(expected, within(contract().logProbabilityTolerance() * 1e-2));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aLogitThatIsNotFiniteMakesItsRowNotANumber(float bad) {
        for (double cap : new double[] {0, 30}) {
            float[] hidden = random(4 * 4, 1);
            float[] reference = random(4 * 4, 2);
            hidden[4] = bad;
            reference[8] = bad;
            double[] actual = diverge(hidden, reference, 4, 4, random(83 * 4, 3), 83, cap);
            assertThat(actual[0]).isFinite();
            assertThat(actual[1]).isNaN();
            assertThat(actual[2]).isNaN();
            assertThat(actual[3]).isFinite();
        }
    }

    @Test
    void veryUnlikelyTokensWeighNothing() {
        double[] actual = diverge(new float[] {1}, new float[] {-1}, 1, 1, new float[] {0, -500}, 2, 0);
        assertThat(actual[0]).isCloseTo(500, within(1e-4));
    }

    @Test
    void threadsAndBatchChangeNoBit() {
        assumeSameBits();
        int t = 240;
        int n = 37;
        int v = 2500;
        float[] hidden = random(t * n, 1);
        float[] reference = random(t * n, 2);
        float[] head = random(v * n, 3);
        double[][] results = new double[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            results[threads - 1] = diverge(hidden, reference, t, n, head, v, 0);
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
        for (int r = 0; r < t; r += 31) {
            assertThat(diverge(rows(hidden, n, r, 1), rows(reference, n, r, 1), 1, n, head, v, 0))
                    .containsExactly(results[0][r]);
        }
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Matrix head = scope().pack(RowSource.of(random(12, 1), 4, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().divergences(scope().tensor(2, 5), scope().tensor(2, 5), head, 0, new double[2]))
                .withMessageContaining("2 x 5")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().divergences(scope().tensor(2, 3), scope().tensor(3, 3), head, 0, new double[3]))
                .withMessageContaining("2 x 3")
                .withMessageContaining("3 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        operations().divergences(scope().tensor(2, 3), scope().tensor(2, 3), head, 0, new double[1]))
                .withMessageContaining("1")
                .withMessageContaining("2");
    }

    /** The mean under p of the logarithm of p / q. */
    private static double divergence(double[] p, double[] q) {
        double pSum = VocabularyContract.logSumExp(p);
        double qSum = VocabularyContract.logSumExp(q);
        double sum = 0;
        for (int word = 0; word < p.length; word++) {
            sum += Math.exp(p[word] - pSum) * (p[word] - pSum - q[word] + qSum);
        }
        return sum;
    }

    private double[] diverge(float[] hidden, float[] reference, int t, int n, float[] head, int v, double cap) {
        double[] divergences = new double[t];
        operations()
                .divergences(
                        scope().upload(hidden, t, n),
                        scope().upload(reference, t, n),
                        scope().pack(RowSource.of(head, v, n)),
                        cap,
                        divergences);
        return divergences;
    }
}
