package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;

/** Log-probabilities of tokens. */
abstract class VocabularyContract extends OperationContract {

    VocabularyContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 0",
        "3, 7, 2, 0",
        "5, 17, 33, 0",
        "13, 64, 512, 0",
        "30, 100, 1031, 0",
        "7, 48, 300, 1.7",
        "70, 3, 20000, 0"
    })
    void logProbabilitiesAreLogitsLessTheirLogSumExp(int t, int n, int v, double cap) {
        float[] hidden = random(t * n, 1);
        float[] head = random(v * n, 2);
        int[] rows = new int[t + 2];
        int[] targets = new int[t + 2];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i * 7) % t;
            targets[i] = (i * 31) % v;
        }
        double[] actual = new double[rows.length];
        int[] best = new int[rows.length];
        Matrix matrix = scope().pack(RowSource.of(head, v, n));
        operations().logProbabilities(scope().upload(hidden, t, n), rows, targets, matrix, cap, actual, best);
        for (int i = 0; i < rows.length; i++) {
            double[] logits = logits(hidden, head, rows[i], n, v, cap);
            int largest = argmax(logits);
            assertThat(actual[i])
                    .isCloseTo(
                            logits[targets[i]] - logSumExp(logits),
                            within(contract().logProbabilityTolerance()
                                    + contract().productTolerance() * n));
            assertThat(logits[best[i]])
                    .isCloseTo(logits[largest], within(contract().productTolerance() * n));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 50_257})
    void theLogSumExpIsExactFarBeyondSinglePrecision(int v) {
        // With one feature the logits are exact; the rest is the sum.
        float[] head = new float[v];
        Random random = new Random(7);
        for (int i = 0; i < v; i++) {
            head[i] = (float) (3 * random.nextGaussian());
        }
        double[] logits = new double[v];
        for (int i = 0; i < v; i++) {
            logits[i] = head[i];
        }
        double[] actual = new double[1];
        int[] best = new int[1];
        Matrix matrix = scope().pack(RowSource.of(head, v, 1));
        operations()
                .logProbabilities(
                        scope().upload(new float[] {1}, 1, 1), new int[1], new int[1], matrix, 0, actual, best);
        assertThat(actual[0])
                .isCloseTo(logits[0] - logSumExp(logits), within(contract().logProbabilityTolerance()));
        assertThat(best[0]).isEqualTo(argmax(logits));
    }

    @Test
    void veryUnlikelyTokensKeepTheirLogProbability() {
        Matrix head = scope().pack(RowSource.of(new float[] {500, -500, 499}, 3, 1));
        double[] actual = new double[2];
        int[] best = new int[2];
        operations()
                .logProbabilities(
                        scope().upload(new float[] {1}, 1, 1), new int[2], new int[] {0, 1}, head, 0, actual, best);
        double shift = Math.log1p(Math.exp(-1));
        assertThat(actual[0]).isCloseTo(-shift, within(1e-6));
        assertThat(actual[1]).isCloseTo(-1000 - shift, within(1e-3));
        assertThat(best).containsExactly(0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40, 700})
    void theFirstOfEqualTokensIsBest(int v) {
        float[] head = new float[v * 3];
        Arrays.fill(head, 0.25f);
        double[] actual = new double[1];
        int[] best = {-5};
        Matrix matrix = scope().pack(RowSource.of(head, v, 3));
        operations()
                .logProbabilities(
                        scope().upload(new float[] {1, 2, 3}, 1, 3),
                        new int[1],
                        new int[] {v - 1},
                        matrix,
                        0,
                        actual,
                        best);
        assertThat(best[0]).isZero();
        assertThat(actual[0]).isCloseTo(-Math.log(v), within(1e-6));

        // Equal to each other and above the rest, neither at the start.
        Arrays.fill(head, v / 2 * 3, v / 2 * 3 + 3, 0.5f);
        Arrays.fill(head, (v - 1) * 3, v * 3, 0.5f);
        operations()
                .logProbabilities(
                        scope().upload(new float[] {1, 2, 3}, 1, 3),
                        new int[1],
                        new int[1],
                        scope().pack(RowSource.of(head, v, 3)),
                        0,
                        actual,
                        best);
        assertThat(best[0]).isEqualTo(v / 2);
    }

    @Test
    void negativeLogitsAreNotBeatenByPadding() {
        Matrix head = scope().pack(RowSource.of(new float[] {-3, -2, -5}, 3, 1));
        double[] actual = new double[1];
        int[] best = new int[1];
        operations()
                .logProbabilities(scope().upload(new float[] {1}, 1, 1), new int[1], new int[1], head, 0, actual, best);
        assertThat(best[0]).isEqualTo(1);
        assertThat(actual[0]).isCloseTo(-1 - Math.log(1 + Math.exp(-1) + Math.exp(-3)), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aLogitThatIsNotFiniteMakesItsRowNotANumber(float bad) {
        for (double cap : new double[] {0, 30}) {
            float[] head = random(83 * 4, 1);
            head[61 * 4 + 2] = bad;
            float[] hidden = random(3 * 4, 2);
            hidden[4 + 2] = 0.5f;
            double[] actual = new double[2];
            int[] best = new int[2];
            Matrix matrix = scope().pack(RowSource.of(head, 83, 4));
            operations()
                    .logProbabilities(
                            scope().upload(hidden, 3, 4),
                            new int[] {1, 1},
                            new int[] {0, 61},
                            matrix,
                            cap,
                            actual,
                            best);
            assertThat(actual).containsExactly(Double.NaN, Double.NaN);
            assertThat(best).containsExactly(-1, -1);
        }
    }

    @Test
    void aRowThatIsNotFiniteLeavesTheOthersAlone() {
        float[] head = random(83 * 4, 1);
        float[] hidden = random(3 * 4, 2);
        hidden[5] = Float.NaN;
        double[] actual = new double[3];
        operations()
                .logProbabilities(
                        scope().upload(hidden, 3, 4),
                        new int[] {0, 1, 2},
                        new int[3],
                        scope().pack(RowSource.of(head, 83, 4)),
                        0,
                        actual,
                        new int[3]);
        assertThat(actual[0]).isFinite();
        assertThat(actual[1]).isNaN();
        assertThat(actual[2]).isFinite();
    }

    @Test
    void threadsAndBatchChangeNoBit() {
        assumeSameBits();
        int t = 40;
        int n = 70;
        int v = 1500;
        float[] hidden = random(t * n, 1);
        float[] head = random(v * n, 2);
        int[] rows = new int[t];
        int[] targets = new int[t];
        for (int i = 0; i < t; i++) {
            rows[i] = i;
            targets[i] = i * 37;
        }
        double[][] results = new double[3][t];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            operations()
                    .logProbabilities(
                            scope().upload(hidden, t, n),
                            rows,
                            targets,
                            scope().pack(RowSource.of(head, v, n)),
                            0,
                            results[threads - 1],
                            new int[t]);
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
        for (int i = 0; i < t; i += 13) {
            double[] alone = new double[1];
            operations()
                    .logProbabilities(
                            scope().upload(rows(hidden, n, i, 1), 1, n),
                            new int[1],
                            new int[] {targets[i]},
                            scope().pack(RowSource.of(head, v, n)),
                            0,
                            alone,
                            new int[1]);
            assertThat(alone[0]).isEqualTo(results[0][i]);
        }
    }

    @Test
    void refusesRowsAndTokensThatAreNotThere() {
        Matrix head = scope().pack(RowSource.of(random(12, 1), 4, 3));
        double[] into = new double[1];
        int[] best = new int[1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations()
                        .logProbabilities(scope().tensor(2, 3), new int[] {2}, new int[] {0}, head, 0, into, best))
                .withMessageContaining("row 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations()
                        .logProbabilities(scope().tensor(2, 3), new int[] {0}, new int[] {4}, head, 0, into, best))
                .withMessageContaining("target 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations()
                        .logProbabilities(scope().tensor(2, 5), new int[] {0}, new int[] {0}, head, 0, into, best))
                .withMessageContaining("2 x 5");
    }

    static double[] logits(float[] hidden, float[] head, int row, int n, int v, double cap) {
        double[] logits = new double[v];
        for (int i = 0; i < v; i++) {
            for (int j = 0; j < n; j++) {
                logits[i] += (double) hidden[row * n + j] * head[i * n + j];
            }
            logits[i] = cap == 0 ? logits[i] : cap * Math.tanh(logits[i] / cap);
        }
        return logits;
    }

    static double logSumExp(double[] logits) {
        double max = Arrays.stream(logits).max().orElseThrow();
        return max
                + Math.log(Arrays.stream(logits)
                        .map(logit -> Math.exp(logit - max))
                        .sum());
    }

    private static int argmax(double[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
