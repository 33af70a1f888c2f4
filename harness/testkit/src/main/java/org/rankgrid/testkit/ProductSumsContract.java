package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.ProductSumValues;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.Tensor;

/** Sums over tokens of products of two activations. */
abstract class ProductSumsContract extends OperationContract {

    private static final Offset<Double> EXACT = Offset.offset(1e-11);

    ProductSumsContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 31, 64, 101, 515})
    void sumsRunOverTokensAndSequences(int n) {
        PackedSequences batch = PackedSequences.ofLengths(3, 130, 1, 20);
        int t = batch.tokens();
        float[] a = random(t * n, 1);
        float[] b = random(t * n, 2);
        ProductSums sums = scope().productSums(n);
        assertThat(sums.columns()).isEqualTo(n);
        Tensor left = scope().upload(a, t, n);
        Tensor right = scope().upload(b, t, n);
        backward().accumulate(left, right, batch, sums);
        backward().accumulate(left, right, batch, sums);
        ProductSumValues values = backward().values(sums);

        double[][] expected = new double[5][n];
        for (int j = 0; j < n; j++) {
            for (int s = 0; s < batch.count(); s++) {
                double product = 0;
                for (int row = batch.start(s); row < batch.end(s); row++) {
                    double x = a[row * n + j];
                    double y = b[row * n + j];
                    product += x * y;
                    expected[2][j] += 2 * x * y * x * y;
                    expected[3][j] += 2 * x * x;
                    expected[4][j] += 2 * y * y;
                }
                expected[0][j] += 2 * product;
                expected[1][j] += 2 * product * product;
            }
        }
        assertThat(values.tokens()).isEqualTo(2L * t);
        assertThat(values.sequences()).isEqualTo(8);
        assertThat(values.products()).containsExactly(expected[0], EXACT);
        assertThat(values.squaredSequenceProducts()).containsExactly(expected[1], EXACT);
        assertThat(values.squaredProducts()).containsExactly(expected[2], EXACT);
        assertThat(values.leftSquares()).containsExactly(expected[3], EXACT);
        assertThat(values.rightSquares()).containsExactly(expected[4], EXACT);
    }

    @Test
    void anActivationMeetsItself() {
        float[] a = random(6 * 5, 1);
        Tensor x = scope().upload(a, 6, 5);
        ProductSums sums = scope().productSums(5);
        backward().accumulate(x, x, PackedSequences.ofLengths(2, 4), sums);
        ProductSumValues values = backward().values(sums);
        assertThat(values.products()).containsExactly(values.leftSquares(), EXACT);
        assertThat(values.rightSquares()).isEqualTo(values.leftSquares());
    }

    @Test
    void packingAndThreadsChangeNoBit() {
        assumeSameBits();
        int n = 45;
        int[] lengths = {70, 3, 150, 1};
        PackedSequences batch = PackedSequences.ofLengths(lengths);
        float[] a = random(batch.tokens() * n, 1);
        float[] b = random(batch.tokens() * n, 2);
        ProductSumValues[] results = new ProductSumValues[4];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            ProductSums sums = scope().productSums(n);
            Tensor left = scope().upload(a, batch.tokens(), n);
            backward().accumulate(left, scope().upload(b, batch.tokens(), n), batch, sums);
            results[threads - 1] = backward().values(sums);
        }
        ProductSums oneByOne = scope().productSums(n);
        for (int s = 0; s < lengths.length; s++) {
            Tensor left = scope().upload(rows(a, n, batch.start(s), lengths[s]), lengths[s], n);
            Tensor right = scope().upload(rows(b, n, batch.start(s), lengths[s]), lengths[s], n);
            backward().accumulate(left, right, PackedSequences.ofLengths(lengths[s]), oneByOne);
        }
        results[3] = backward().values(oneByOne);
        for (ProductSumValues result : results) {
            assertThat(result).usingRecursiveComparison().isEqualTo(results[0]);
        }
    }

    @Test
    void sumsStartAtZeroAndAreIndependent() {
        ProductSums one = scope().productSums(3);
        ProductSums other = scope().productSums(3);
        Tensor x = scope().upload(random(6, 1), 2, 3);
        backward().accumulate(x, x, PackedSequences.ofLengths(2), one);
        ProductSumValues untouched = backward().values(other);
        assertThat(untouched.tokens()).isZero();
        assertThat(untouched.sequences()).isZero();
        assertThat(untouched.products()).containsOnly(0);
        assertThat(untouched.rightSquares()).containsOnly(0);
    }

    @Test
    void refusesActivationsThatDoNotFit() {
        ProductSums sums = scope().productSums(3);
        PackedSequences batch = PackedSequences.ofLengths(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().accumulate(scope().tensor(2, 4), scope().tensor(2, 4), batch, sums))
                .withMessageContaining("2 x 4")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().accumulate(scope().tensor(2, 3), scope().tensor(2, 4), batch, sums))
                .withMessageContaining("2 x 4")
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().accumulate(scope().tensor(3, 3), scope().tensor(3, 3), batch, sums))
                .withMessageContaining("3 x 3")
                .withMessageContaining("2");
    }
}
