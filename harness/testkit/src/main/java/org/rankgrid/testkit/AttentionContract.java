package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** Causal grouped-query attention over packed sequences. */
abstract class AttentionContract extends OperationContract {

    AttentionContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 0, 0",
        "2, 2, 7, 0, 0",
        "4, 2, 8, 0, 0",
        "9, 3, 64, 0, 0",
        "8, 1, 16, 0, 0",
        "3, 3, 17, 5, 0",
        "4, 2, 33, 40, 0",
        "2, 1, 32, 0, 1.5",
        "6, 2, 48, 70, 2.5",
        "2, 2, 80, 1, 0",
        "1, 1, 128, 64, 0"
    })
    void everyQuerySeesItsPastOfItsOwnSequence(int heads, int groups, int d, int window, double cap) {
        AttentionShape shape = new AttentionShape(heads, groups, d, 1 / Math.sqrt(d), window, cap);
        assertAttention(shape, 1, PackedSequences.ofLengths(1));
        assertAttention(shape, 3, PackedSequences.ofLengths(5, 1, 131, 17, 2, 64));
    }

    @Test
    void longSequencesCrossEveryBlock() {
        assertAttention(new AttentionShape(2, 1, 16, 0.25, 0, 0), 3, PackedSequences.ofLengths(700));
        assertAttention(new AttentionShape(2, 1, 16, 0.25, 200, 0), 3, PackedSequences.ofLengths(700, 3));
    }

    @Test
    void largeScoresDoNotOverflow() {
        assertAttention(new AttentionShape(2, 2, 8, 40, 0, 0), 2, PackedSequences.ofLengths(150));
    }

    @Test
    void packingAndThreadsChangeNoBit() {
        assumeSameBits();
        AttentionShape shape = new AttentionShape(6, 2, 20, 0.2, 0, 0);
        AttentionShape windowed = new AttentionShape(6, 2, 20, 0.2, 30, 5);
        PackedSequences batch = PackedSequences.ofLengths(3, 150, 1, 67, 200);
        float[][] results = new float[3][];
        float[][] windowedResults = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            reopen(threads);
            results[threads - 1] = attend(shape, batch, 0, batch.count());
            windowedResults[threads - 1] = attend(windowed, batch, 0, batch.count());
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
        assertThat(windowedResults[1]).isEqualTo(windowedResults[0]);
        assertThat(windowedResults[2]).isEqualTo(windowedResults[0]);
        int width = 6 * 20;
        for (int s = 0; s < batch.count(); s++) {
            assertThat(attend(shape, batch, s, s + 1))
                    .isEqualTo(rows(results[0], width, batch.start(s), batch.length(s)));
            assertThat(attend(windowed, batch, s, s + 1))
                    .isEqualTo(rows(windowedResults[0], width, batch.start(s), batch.length(s)));
        }
        assertThat(attend(shape, batch, 1, 4))
                .isEqualTo(rows(results[0], width, batch.start(1), batch.end(3) - batch.start(1)));
    }

    @Test
    void aPrefixOfASequenceGivesThePrefixOfTheResult() {
        assumeSameBits();
        AttentionShape shape = new AttentionShape(2, 1, 12, 0.3, 0, 0);
        float[] whole = attend(shape, PackedSequences.ofLengths(170), 0, 1);
        float[] query = rows(random(170 * 24, 1), 24, 0, 75);
        float[] narrow = random(170 * 12, 2);
        Tensor out = scope().tensor(75, 24);
        operations()
                .attention(
                        scope().upload(query, 75, 24),
                        scope().upload(rows(narrow, 12, 0, 75), 75, 12),
                        scope().upload(rows(random(170 * 12, 3), 12, 0, 75), 75, 12),
                        shape,
                        PackedSequences.ofLengths(75),
                        out);
        assertThat(download(out)).isEqualTo(rows(whole, 24, 0, 75));
    }

    @Test
    void refusesShapesThatDoNotFit() {
        AttentionShape shape = new AttentionShape(4, 2, 3, 1, 0, 0);
        Tensor wide = scope().tensor(5, 12);
        Tensor narrow = scope().tensor(5, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations()
                        .attention(wide, wide, narrow, shape, PackedSequences.ofLengths(5), scope().tensor(5, 12)))
                .withMessageContaining("5 x 12")
                .withMessageContaining("5 x 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations()
                        .attention(wide, narrow, narrow, shape, PackedSequences.ofLengths(4), scope().tensor(5, 12)))
                .withMessageContaining("5 x 12")
                .withMessageContaining("4");
    }

    /** Attention over sequences first to last of the batch, of values that do not depend on which. */
    private float[] attend(AttentionShape shape, PackedSequences batch, int first, int last) {
        int wide = shape.heads() * shape.headSize();
        int narrow = shape.keyValueHeads() * shape.headSize();
        int start = batch.start(first);
        int t = batch.end(last - 1) - start;
        int[] lengths = new int[last - first];
        for (int s = first; s < last; s++) {
            lengths[s - first] = batch.length(s);
        }
        Tensor out = scope().tensor(t, wide);
        operations()
                .attention(
                        scope().upload(rows(random(batch.tokens() * wide, 1), wide, start, t), t, wide),
                        scope().upload(rows(random(batch.tokens() * narrow, 2), narrow, start, t), t, narrow),
                        scope().upload(rows(random(batch.tokens() * narrow, 3), narrow, start, t), t, narrow),
                        shape,
                        PackedSequences.ofLengths(lengths),
                        out);
        return download(out);
    }

    private void assertAttention(AttentionShape shape, float spread, PackedSequences batch) {
        int wide = shape.heads() * shape.headSize();
        int narrow = shape.keyValueHeads() * shape.headSize();
        int t = batch.tokens();
        float[] q = random(t * wide, 1);
        float[] k = random(t * narrow, 2);
        float[] v = random(t * narrow, 3);
        for (int i = 0; i < q.length; i++) {
            q[i] *= spread;
        }
        Tensor out = scope().tensor(t, wide);
        operations()
                .attention(
                        scope().upload(q, t, wide),
                        scope().upload(k, t, narrow),
                        scope().upload(v, t, narrow),
                        shape,
                        batch,
                        out);
        double[] expected = new NaiveAttention(shape, batch).attend(doubles(q), doubles(k), doubles(v));
        // A score of magnitude s is off by s roundings, and its exponential relatively as much.
        double tolerance = 4 * contract().elementTolerance() * Math.max(1, spread * shape.scale() * shape.headSize());
        assertClose(download(out), expected, tolerance, shape + " over " + batch);
    }
}
