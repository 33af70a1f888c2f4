package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** Gradients of log-probabilities with respect to the hidden rows they come from. */
abstract class VocabularyBackwardContract extends OperationContract {

    VocabularyBackwardContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "3, 7, 2, 0", "5, 9, 33, 0", "2, 5, 300, 0", "4, 6, 70, 1.7"})
    void agreesWithFiniteDifferencesOfTheLogProbabilities(int t, int n, int v, double cap) {
        float[] hidden = random(t * n, 1);
        float[] head = random(v * n, 2);
        int[] rows = everyRow(t);
        int[] targets = targets(t, v);
        double weight = 0.75;
        double[] expected = FiniteDifferences.gradient(
                states -> {
                    double loss = 0;
                    for (int r = 0; r < t; r++) {
                        loss -= weight * logProbability(states, head, r, n, v, cap, targets[r]);
                    }
                    return loss;
                },
                hidden);
        Gradient actual = differentiate(hidden, t, rows, targets, weight, pack(head, v, n), cap);
        assertClose(actual.hidden, expected, 8 * contract().elementTolerance(), "hidden");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "13, 64, 512, 0", "30, 100, 1031, 0", "7, 48, 300, 1.7", "130, 33, 5000, 0"})
    void theGradientIsWhatTheHeadMakesOfProbabilitiesLessTheTarget(int t, int n, int v, double cap) {
        float[] hidden = random(t * n, 1);
        float[] head = random(v * n, 2);
        int asked = (t + 1) / 2;
        int[] rows = new int[asked];
        for (int i = 0; i < asked; i++) {
            rows[i] = t - 1 - 2 * i;
        }
        int[] targets = targets(asked, v);
        double weight = -2.5;
        double[] expected = new double[t * n];
        double[] expectedLogProbabilities = new double[asked];
        for (int i = 0; i < asked; i++) {
            double[] logits = VocabularyContract.logits(hidden, head, rows[i], n, v, cap);
            double total = VocabularyContract.logSumExp(logits);
            expectedLogProbabilities[i] = logits[targets[i]] - total;
            for (int word = 0; word < v; word++) {
                double gradient = Math.exp(logits[word] - total) - (word == targets[i] ? 1 : 0);
                double capped = cap == 0 ? 0 : logits[word] / cap;
                for (int j = 0; j < n; j++) {
                    expected[rows[i] * n + j] += weight * gradient * (1 - capped * capped) * head[word * n + j];
                }
            }
        }
        Gradient actual = differentiate(hidden, t, rows, targets, weight, pack(head, v, n), cap);
        double tolerance = contract().logProbabilityTolerance() + contract().productTolerance() * n;
        assertThat(actual.logProbabilities).containsExactly(expectedLogProbabilities, Offset.offset(tolerance));
        assertClose(actual.hidden, expected, 2.5 * 2 * tolerance, "hidden");
        for (int r = 0; r < t; r++) {
            if ((t - 1 - r) % 2 == 1) {
                assertThat(rows(actual.hidden, n, r, 1))
                        .as("row %s, not asked", r)
                        .containsOnly(0);
            }
        }
    }

    @Test
    void logProbabilitiesAreThoseOfTheForwardOperation() {
        int t = 9;
        Matrix head = pack(random(700 * 20, 1), 700, 20);
        float[] hidden = random(t * 20, 2);
        double[] forward = new double[t];
        Tensor states = scope().upload(hidden, t, 20);
        int[] targets = targets(t, 700);
        operations().logProbabilities(states, everyRow(t), targets, head, 3, forward, new int[t]);
        Gradient actual = differentiate(hidden, t, everyRow(t), targets, 1, head, 3);
        assertThat(actual.logProbabilities).isEqualTo(forward);
    }

    @Test
    void askingNothingGivesZero() {
        Gradient actual = differentiate(random(6, 1), 2, new int[0], new int[0], 1, pack(random(12, 2), 4, 3), 0);
        assertThat(actual.hidden).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void everyLaterLogitMayBeLargerThanAllBefore(int direction) {
        int v = 9000;
        float[] head = new float[v];
        for (int word = 0; word < v; word++) {
            head[word] = direction * (word - v / 2) / 64f;
        }
        int[] targets = {v - 2, 1, v / 2};
        float[] hidden = {1, 1.5f, 1 / 128f};
        Gradient actual = differentiate(hidden, 3, everyRow(3), targets, 1, pack(head, v, 1), 0);
        double tolerance =
                100 * (contract().logProbabilityTolerance() + contract().productTolerance());
        for (int row = 0; row < 3; row++) {
            double[] logits = VocabularyContract.logits(hidden, head, row, 1, v, 0);
            double total = VocabularyContract.logSumExp(logits);
            double expected = -head[targets[row]];
            for (int word = 0; word < v; word++) {
                expected += Math.exp(logits[word] - total) * head[word];
            }
            assertThat(actual.logProbabilities[row]).isCloseTo(logits[targets[row]] - total, Offset.offset(tolerance));
            assertThat((double) actual.hidden[row]).isCloseTo(expected, Offset.offset(tolerance));
        }
    }

    @Test
    void aPerfectPredictionHasNoGradient() {
        Matrix head = pack(new float[] {500, -500, 300}, 3, 1);
        Gradient actual = differentiate(new float[] {1}, 1, new int[1], new int[1], 1, head, 0);
        assertThat(actual.hidden[0]).isZero();
        assertThat(actual.logProbabilities[0]).isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aLogitThatIsNotFiniteStaysVisibleInItsRowAlone(float bad) {
        float[] hidden = random(3 * 4, 2);
        hidden[5] = bad;
        int[] rows = {0, 1, 2};
        for (double cap : new double[] {0, 30}) {
            Gradient actual =
                    differentiate(hidden, 3, rows, new int[] {0, 61, 82}, 1, pack(random(83 * 4, 1), 83, 4), cap);
            assertThat(actual.logProbabilities[0]).isFinite();
            assertThat(actual.logProbabilities[1]).isNaN();
            assertThat(actual.logProbabilities[2]).isFinite();
            for (int j = 0; j < 4; j++) {
                assertThat(actual.hidden[j]).isFinite();
                assertThat(actual.hidden[4 + j]).isNaN();
                assertThat(actual.hidden[8 + j]).isFinite();
            }
        }
    }

    @Test
    void threadsAndBatchChangeNoBit() {
        assumeSameBits();
        int t = 140;
        int n = 70;
        int v = 1500;
        float[] hidden = random(t * n, 1);
        float[] head = random(v * n, 2);
        Gradient[] results = new Gradient[3];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            results[threads - 1] = differentiate(hidden, t, everyRow(t), targets(t, v), 0.5, pack(head, v, n), 4);
        }
        for (Gradient result : results) {
            assertThat(result.hidden).isEqualTo(results[0].hidden);
            assertThat(result.logProbabilities).isEqualTo(results[0].logProbabilities);
        }
        Matrix packed = pack(head, v, n);
        for (int i = 0; i < t; i += 23) {
            int[] target = {targets(t, v)[i]};
            Gradient alone = differentiate(rows(hidden, n, i, 1), 1, new int[1], target, 0.5, packed, 4);
            assertThat(alone.hidden).isEqualTo(rows(results[0].hidden, n, i, 1));
            assertThat(alone.logProbabilities[0]).isEqualTo(results[0].logProbabilities[i]);
        }
    }

    @Test
    void refusesRowsAndTokensThatAreNotThere() {
        Matrix head = pack(random(12, 1), 4, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differentiate(random(6, 1), 2, new int[] {2}, new int[1], 1, head, 0))
                .withMessageContaining("row 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differentiate(random(6, 1), 2, new int[] {1}, new int[] {4}, 1, head, 0))
                .withMessageContaining("target 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> differentiate(random(6, 1), 2, new int[] {1, 1}, new int[2], 1, head, 0))
                .withMessageContaining("row 1");
        double[] into = new double[1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward()
                        .logProbabilities(
                                scope().tensor(2, 3), new int[1], new int[1], 1, head, 0, into, scope().tensor(2, 4)))
                .withMessageContaining("2 x 3")
                .withMessageContaining("2 x 4");
    }

    /** What a backend says. */
    private record Gradient(double[] logProbabilities, float[] hidden) {}

    private Gradient differentiate(
            float[] hidden, int t, int[] rows, int[] targets, double weight, Matrix head, double cap) {
        int n = head.columns();
        Tensor gradient = scope().upload(random(t * n, 9), t, n);
        double[] logProbabilities = new double[rows.length];
        Tensor states = scope().upload(hidden, t, n);
        backward().logProbabilities(states, rows, targets, weight, head, cap, logProbabilities, gradient);
        return new Gradient(logProbabilities, download(gradient));
    }

    private Matrix pack(float[] values, int v, int n) {
        return scope().pack(RowSource.of(values, v, n));
    }

    private static int[] everyRow(int t) {
        int[] rows = new int[t];
        for (int r = 0; r < t; r++) {
            rows[r] = r;
        }
        return rows;
    }

    private static int[] targets(int count, int v) {
        int[] targets = new int[count];
        for (int i = 0; i < count; i++) {
            targets[i] = i * 37 % v;
        }
        return targets;
    }

    private static double logProbability(double[] hidden, float[] head, int row, int n, int v, double cap, int target) {
        double[] logits = new double[v];
        for (int word = 0; word < v; word++) {
            for (int j = 0; j < n; j++) {
                logits[word] += hidden[row * n + j] * head[word * n + j];
            }
            logits[word] = cap == 0 ? logits[word] : cap * Math.tanh(logits[word] / cap);
        }
        return logits[target] - VocabularyContract.logSumExp(logits);
    }
}
