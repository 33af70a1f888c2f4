package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Tensor;

/** The first rows and columns of a matrix: every product has the bits of one with a matrix packed from them alone. */
abstract class LeadingContract extends OperationContract {

    private static final int M = 131;
    private static final int N = 530;

    private final float[] values = random(M * N, 1);

    LeadingContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "131, 530",
        "131, 1",
        "1, 530",
        "130, 529",
        "16, 16",
        "17, 33",
        "31, 512",
        "32, 513",
        "33, 64",
        "64, 511",
        "65, 7",
        "100, 300",
        "128, 128"
    })
    void productsHaveTheBitsOfTheMatrixPackedAlone(int rows, int columns) {
        Matrix whole = pack(M, N);
        assertSameProducts(whole.leading(rows, columns), pack(rows, columns));
    }

    @ParameterizedTest
    @CsvSource({"131, 200, 40, 200", "100, 530, 33, 17", "64, 64, 63, 1", "50, 513, 50, 513", "17, 31, 1, 30"})
    void viewsOfViewsAreViews(int rows, int columns, int fewerRows, int fewerColumns) {
        Matrix view = pack(M, N).leading(rows, columns).leading(fewerRows, fewerColumns);
        assertSameProducts(view, pack(fewerRows, fewerColumns));
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "16", "33", "64"})
    void twoFactorsAreCutToARank(int k) {
        int t = 9;
        float[] left = random(70 * 64, 3);
        float[] right = random(64 * 50, 4);
        Matrix a = scope().pack(RowSource.of(left, 70, 64));
        Matrix b = scope().pack(RowSource.of(right, 64, 50));
        Linear cut = new Linear.LowRank(a.leading(70, k), b.leading(k, 50), Optional.empty());
        Linear alone = new Linear.LowRank(
                scope().pack(RowSource.of(prefix(left, 64, 70, k), 70, k)),
                scope().pack(RowSource.of(prefix(right, 50, k, 50), k, 50)),
                Optional.empty());
        float[] x = random(t * 50, 5);
        float[] dy = random(t * 70, 6);
        assertThat(forward(cut, x, t)).isEqualTo(forward(alone, x, t));
        assertThat(backward(cut, dy, t)).isEqualTo(backward(alone, dy, t));
    }

    @Test
    void aPartOfAnEmbeddingScoresAsAVocabularyOfItsOwn() {
        int t = 5;
        Matrix view = pack(M, N).leading(77, 40);
        Matrix alone = pack(77, 40);
        float[] hidden = random(t * 40, 2);
        int[] rows = {0, 1, 2, 3, 4};
        int[] targets = {76, 0, 5, 32, 64};
        for (double cap : new double[] {0, 3}) {
            assertThat(score(view, hidden, rows, targets, cap)).isEqualTo(score(alone, hidden, rows, targets, cap));
            assertThat(scoreBackward(view, hidden, rows, targets, cap))
                    .isEqualTo(scoreBackward(alone, hidden, rows, targets, cap));
            assertThat(diverge(view, hidden, t, cap)).isEqualTo(diverge(alone, hidden, t, cap));
        }
    }

    @Test
    void refusesMoreThanThereIsAndNothingAtAll() {
        Matrix whole = pack(7, 9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole.leading(8, 9))
                .withMessageContaining("8")
                .withMessageContaining("7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole.leading(7, 10))
                .withMessageContaining("10")
                .withMessageContaining("9");
        assertThatIllegalArgumentException().isThrownBy(() -> whole.leading(0, 9));
        assertThatIllegalArgumentException().isThrownBy(() -> whole.leading(7, -1));
        Matrix view = whole.leading(3, 4);
        assertThatIllegalArgumentException().isThrownBy(() -> view.leading(4, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> view.leading(3, 5));
    }

    private void assertSameProducts(Matrix view, Matrix alone) {
        int t = 13;
        int rows = alone.rows();
        int columns = alone.columns();
        assertThat(view.rows()).isEqualTo(rows);
        assertThat(view.columns()).isEqualTo(columns);
        Linear viewed = new Linear.Dense(view, Optional.empty());
        Linear packed = new Linear.Dense(alone, Optional.empty());
        float[] x = random(t * columns, 2);
        assertThat(forward(viewed, x, t)).as("forward").isEqualTo(forward(packed, x, t));
        float[] dy = random(t * rows, 3);
        assertThat(backward(viewed, dy, t)).as("backward").isEqualTo(backward(packed, dy, t));
        int[] ids = {rows - 1, 0, rows / 2};
        assertThat(embed(view, ids)).as("embedding").isEqualTo(embed(alone, ids));
    }

    private Matrix pack(int rows, int columns) {
        return scope().pack(RowSource.of(prefix(values, N, rows, columns), rows, columns));
    }

    private static float[] prefix(float[] from, int stride, int rows, int columns) {
        float[] part = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, i * stride, part, i * columns, columns);
        }
        return part;
    }

    private float[] forward(Linear layer, float[] x, int t) {
        Tensor y = scope().tensor(t, layer.rows());
        operations().linear(scope().upload(x, t, layer.columns()), layer, y);
        return download(y);
    }

    private float[] backward(Linear layer, float[] dy, int t) {
        Tensor dx = scope().tensor(t, layer.columns());
        backward().linear(scope().upload(dy, t, layer.rows()), layer, dx);
        return download(dx);
    }

    private float[] embed(Matrix table, int[] ids) {
        Tensor out = scope().tensor(ids.length, table.columns());
        operations().embed(table, ids, out);
        return download(out);
    }

    private double[] score(Matrix head, float[] hidden, int[] rows, int[] targets, double cap) {
        double[] logProbabilities = new double[rows.length];
        Tensor states = scope().upload(hidden, rows.length, head.columns());
        operations().logProbabilities(states, rows, targets, head, cap, logProbabilities, new int[rows.length]);
        return logProbabilities;
    }

    private float[] scoreBackward(Matrix head, float[] hidden, int[] rows, int[] targets, double cap) {
        Tensor states = scope().upload(hidden, rows.length, head.columns());
        Tensor gradient = scope().tensor(rows.length, head.columns());
        backward().logProbabilities(states, rows, targets, 0.5, head, cap, new double[rows.length], gradient);
        return download(gradient);
    }

    private double[] diverge(Matrix head, float[] hidden, int t, double cap) {
        Tensor states = scope().upload(hidden, t, head.columns());
        Tensor others = scope().upload(random(t * head.columns(), 9), t, head.columns());
        double[] divergences = new double[t];
        operations().divergences(states, others, head, cap, divergences);
        return divergences;
    }
}
