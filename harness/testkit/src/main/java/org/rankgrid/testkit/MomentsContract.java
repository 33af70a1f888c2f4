package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.compute.Moments;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** Moments of activations and cosines between them. */
abstract class MomentsContract extends OperationContract {

    MomentsContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "7", "8", "9", "16", "31", "33", "64", "101", "257"})
    void momentsAreSumsOverTokens(int n) {
        PackedSequences batch = PackedSequences.ofLengths(3, 530, 1, 20);
        int[] groups = {2, 0, 2, 1};
        int t = batch.tokens();
        float[] x = random(t * n, n);
        Moments moments = scope().moments(n, 4);
        Tensor tensor = scope().upload(x, t, n);
        operations().accumulate(tensor, batch, groups, moments);
        operations().accumulate(tensor, batch, groups, moments);
        MomentValues values = operations().values(moments);

        assertThat(values.columns()).isEqualTo(n);
        assertThat(values.groupTokens()).containsExactly(1060, 40, 8, 0);
        double[] gram = new double[n * n];
        double[] absolute = new double[n];
        double[][] sums = new double[4][n];
        for (int s = 0; s < batch.count(); s++) {
            for (int row = batch.start(s); row < batch.end(s); row++) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        gram[i * n + j] += 2.0 * x[row * n + i] * x[row * n + j];
                    }
                    sums[groups[s]][i] += 2.0 * x[row * n + i];
                    absolute[i] += 2.0 * Math.abs(x[row * n + i]);
                }
            }
        }
        assertThat(values.gram()).containsExactly(gram, within(1e-11));
        assertThat(values.absoluteSums()).containsExactly(absolute, within(1e-11));
        for (int g = 0; g < 4; g++) {
            assertThat(values.groupSums()[g]).containsExactly(sums[g], within(1e-11));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(values.gram()[i * n + j]).isEqualTo(values.gram()[j * n + i]);
            }
        }
    }

    @Test
    void packingAndThreadsChangeNoBit() {
        assumeSameBits();
        int n = 45;
        int[] lengths = {70, 3, 650, 1};
        int[] groups = {1, 0, 1, 0};
        PackedSequences batch = PackedSequences.ofLengths(lengths);
        float[] x = random(batch.tokens() * n, 1);
        MomentValues[] results = new MomentValues[4];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            Moments moments = scope().moments(n, 2);
            operations().accumulate(scope().upload(x, batch.tokens(), n), batch, groups, moments);
            results[threads - 1] = operations().values(moments);
        }
        Moments oneByOne = scope().moments(n, 2);
        for (int s = 0; s < lengths.length; s++) {
            Tensor alone = scope().upload(rows(x, n, batch.start(s), lengths[s]), lengths[s], n);
            operations().accumulate(alone, PackedSequences.ofLengths(lengths[s]), new int[] {groups[s]}, oneByOne);
        }
        results[3] = operations().values(oneByOne);
        for (int i = 1; i < results.length; i++) {
            assertThat(results[i].gram()).isEqualTo(results[0].gram());
            assertThat(results[i].groupTokens()).isEqualTo(results[0].groupTokens());
            assertThat(results[i].groupSums()).isDeepEqualTo(results[0].groupSums());
            assertThat(results[i].absoluteSums()).isEqualTo(results[0].absoluteSums());
        }
    }

    @Test
    void momentsStartAtZeroAndAreIndependent() {
        Moments one = scope().moments(3, 1);
        Moments other = scope().moments(3, 1);
        operations().accumulate(scope().upload(random(6, 1), 2, 3), PackedSequences.ofLengths(2), new int[1], one);
        MomentValues untouched = operations().values(other);
        assertThat(untouched.gram()).containsOnly(0);
        assertThat(untouched.absoluteSums()).containsOnly(0);
        assertThat(untouched.groupTokens()).containsExactly(0);
    }

    @Test
    void refusesMomentsThatDoNotFit() {
        Moments moments = scope().moments(3, 2);
        PackedSequences batch = PackedSequences.ofLengths(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().accumulate(scope().tensor(2, 4), batch, new int[1], moments))
                .withMessageContaining("2 x 4")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().accumulate(scope().tensor(2, 3), batch, new int[] {2}, moments))
                .withMessageContaining("group 2");
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "16", "67", "2049"})
    void cosinesAreThoseOfCorrespondingRows(int n) {
        float[] a = random(6 * n, 1);
        float[] b = random(6 * n, 2);
        for (int j = 0; j < n; j++) {
            a[n + j] = 0;
            b[2 * n + j] = 0;
            b[3 * n + j] = 2 * a[3 * n + j];
            b[4 * n + j] = -4 * a[4 * n + j];
        }
        double[] actual = new double[6];
        operations().cosines(scope().upload(a, 6, n), scope().upload(b, 6, n), actual);
        for (int r = 0; r < 6; r++) {
            double product = 0;
            double left = 0;
            double right = 0;
            for (int j = r * n; j < (r + 1) * n; j++) {
                product += (double) a[j] * b[j];
                left += (double) a[j] * a[j];
                right += (double) b[j] * b[j];
            }
            double expected = left == 0 || right == 0 ? 0 : product / Math.sqrt(left * right);
            assertThat(actual[r]).isCloseTo(expected, within(1e-12));
        }
        assertThat(actual[1]).isZero();
        assertThat(actual[2]).isZero();
        assertThat(actual[3]).isCloseTo(1, within(1e-12));
        assertThat(actual[4]).isCloseTo(-1, within(1e-12));
    }
}
