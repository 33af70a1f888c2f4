package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** Gradients through causal grouped-query attention over packed sequences. */
abstract class AttentionBackwardContract extends OperationContract {

    AttentionBackwardContract(BackendContract contract) {
        super(contract);
    }

    /** What a backend says the gradients are. */
    private record Gradients(float[] query, float[] key, float[] value) {

        void assertSameBits(Gradients other) {
            assertThat(query).as("query").isEqualTo(other.query);
            assertThat(key).as("key").isEqualTo(other.key);
            assertThat(value).as("value").isEqualTo(other.value);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0, 0", "4, 2, 3, 0, 0", "2, 1, 5, 3, 0", "3, 3, 2, 0, 0.7", "6, 2, 4, 2, 1.5"})
    void agreesWithFiniteDifferencesOfTheForwardAttention(int heads, int groups, int d, int window, double cap) {
        AttentionShape shape = new AttentionShape(heads, groups, d, 0.8, window, cap);
        PackedSequences batch = PackedSequences.ofLengths(2, 5, 1);
        int t = batch.tokens();
        float[] q = random(t * heads * d, 1);
        float[] k = random(t * groups * d, 2);
        float[] v = random(t * groups * d, 3);
        float[] dOut = random(t * heads * d, 4);
        NaiveAttention naive = new NaiveAttention(shape, batch);
        double[] dQuery = FiniteDifferences.gradient(x -> dot(dOut, naive.attend(x, doubles(k), doubles(v))), q);
        double[] dKey = FiniteDifferences.gradient(x -> dot(dOut, naive.attend(doubles(q), x, doubles(v))), k);
        double[] dValue = FiniteDifferences.gradient(x -> dot(dOut, naive.attend(doubles(q), doubles(k), x)), v);
        Gradients actual = differentiate(q, k, v, dOut, shape, batch);
        double tolerance = 8 * contract().elementTolerance();
        assertClose(actual.query, dQuery, tolerance, "query");
        assertClose(actual.key, dKey, tolerance, "key");
        assertClose(actual.value, dValue, tolerance, "value");
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
    void everySequenceGetsItsOwnGradients(int heads, int groups, int d, int window, double cap) {
        AttentionShape shape = new AttentionShape(heads, groups, d, 1 / Math.sqrt(d), window, cap);
        assertGradients(shape, 1, PackedSequences.ofLengths(1));
        assertGradients(shape, 3, PackedSequences.ofLengths(5, 1, 131, 17, 2, 64));
    }

    @Test
    void longSequencesCrossEveryBlock() {
        assertGradients(new AttentionShape(2, 1, 16, 0.25, 0, 0), 3, PackedSequences.ofLengths(700));
        assertGradients(new AttentionShape(2, 1, 16, 0.25, 200, 0), 3, PackedSequences.ofLengths(700, 3));
    }

    @Test
    void largeScoresDoNotOverflow() {
        assertGradients(new AttentionShape(2, 2, 8, 40, 0, 0), 2, PackedSequences.ofLengths(150));
    }

    @Test
    void aFirstTokenMovesItsValueOnly() {
        AttentionShape shape = new AttentionShape(2, 2, 3, 1, 0, 0);
        float[] dOut = random(6, 4);
        Gradients actual =
                differentiate(random(6, 1), random(6, 2), random(6, 3), dOut, shape, PackedSequences.ofLengths(1));
        assertThat(actual.value).isEqualTo(dOut);
        assertClose(actual.query, new double[6], contract().elementTolerance(), "query");
        assertClose(actual.key, new double[6], contract().elementTolerance(), "key");
    }

    @Test
    void packingAndThreadsChangeNoBit() {
        assumeSameBits();
        PackedSequences batch = PackedSequences.ofLengths(3, 150, 1, 67, 200);
        for (AttentionShape shape :
                new AttentionShape[] {new AttentionShape(6, 2, 20, 0.2, 0, 0), new AttentionShape(6, 2, 20, 0.2, 30, 5)
                }) {
            reopen(1);
            Gradients together = differentiate(shape, batch, 0, batch.count());
            for (int threads = 2; threads <= 3; threads++) {
                reopen(threads);
                differentiate(shape, batch, 0, batch.count()).assertSameBits(together);
            }
            for (int s = 0; s < batch.count(); s++) {
                differentiate(shape, batch, s, s + 1)
                        .assertSameBits(part(together, shape, batch.start(s), batch.length(s)));
            }
            differentiate(shape, batch, 1, 4)
                    .assertSameBits(part(together, shape, batch.start(1), batch.end(3) - batch.start(1)));
        }
    }

    @Test
    void refusesShapesThatDoNotFit() {
        AttentionShape shape = new AttentionShape(4, 2, 3, 1, 0, 0);
        PackedSequences batch = PackedSequences.ofLengths(5);
        assertRefuses(shape, batch, tensors -> tensors[1] = scope().tensor(5, 12), "5 x 12", "5 x 6");
        assertRefuses(shape, batch, tensors -> tensors[3] = scope().tensor(5, 6), "5 x 6", "5 x 12");
        assertRefuses(shape, batch, tensors -> tensors[4] = scope().tensor(4, 12), "4 x 12", "5 x 12");
        assertRefuses(shape, batch, tensors -> tensors[6] = scope().tensor(5, 7), "5 x 7", "5 x 6");
        assertRefuses(shape, PackedSequences.ofLengths(4), tensors -> {}, "5 x 12", "4");
        assertRefuses(shape, batch, tensors -> tensors[4] = tensors[0], "same tensor");
        assertRefuses(shape, batch, tensors -> tensors[6] = tensors[5], "same tensor");
    }

    private void assertRefuses(
            AttentionShape shape, PackedSequences batch, Consumer<Tensor[]> change, String... words) {
        int[] widths = {12, 6, 6, 12, 12, 6, 6};
        Tensor[] tensors = new Tensor[widths.length];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = scope().tensor(5, widths[i]);
        }
        change.accept(tensors);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward()
                        .attention(
                                tensors[0],
                                tensors[1],
                                tensors[2],
                                shape,
                                batch,
                                tensors[3],
                                tensors[4],
                                tensors[5],
                                tensors[6]))
                .withMessageContainingAll(words);
    }

    private Gradients differentiate(
            float[] q, float[] k, float[] v, float[] dOut, AttentionShape shape, PackedSequences batch) {
        int t = batch.tokens();
        int wide = shape.heads() * shape.headSize();
        int narrow = shape.keyValueHeads() * shape.headSize();
        Tensor dQuery = scope().upload(random(t * wide, 7), t, wide);
        Tensor dKey = scope().upload(random(t * narrow, 8), t, narrow);
        Tensor dValue = scope().upload(random(t * narrow, 9), t, narrow);
        backward()
                .attention(
                        scope().upload(q, t, wide),
                        scope().upload(k, t, narrow),
                        scope().upload(v, t, narrow),
                        shape,
                        batch,
                        scope().upload(dOut, t, wide),
                        dQuery,
                        dKey,
                        dValue);
        return new Gradients(download(dQuery), download(dKey), download(dValue));
    }

    /** Gradients over sequences first to last of the batch, of values that do not depend on which. */
    private Gradients differentiate(AttentionShape shape, PackedSequences batch, int first, int last) {
        int wide = shape.heads() * shape.headSize();
        int narrow = shape.keyValueHeads() * shape.headSize();
        int start = batch.start(first);
        int t = batch.end(last - 1) - start;
        int[] lengths = new int[last - first];
        for (int s = first; s < last; s++) {
            lengths[s - first] = batch.length(s);
        }
        return differentiate(
                rows(random(batch.tokens() * wide, 1), wide, start, t),
                rows(random(batch.tokens() * narrow, 2), narrow, start, t),
                rows(random(batch.tokens() * narrow, 3), narrow, start, t),
                rows(random(batch.tokens() * wide, 4), wide, start, t),
                shape,
                PackedSequences.ofLengths(lengths));
    }

    private static Gradients part(Gradients whole, AttentionShape shape, int first, int count) {
        int wide = shape.heads() * shape.headSize();
        int narrow = shape.keyValueHeads() * shape.headSize();
        return new Gradients(
                rows(whole.query, wide, first, count),
                rows(whole.key, narrow, first, count),
                rows(whole.value, narrow, first, count));
    }

    private void assertGradients(AttentionShape shape, float spread, PackedSequences batch) {
        int t = batch.tokens();
        float[] q = random(t * shape.heads() * shape.headSize(), 1);
        float[] k = random(t * shape.keyValueHeads() * shape.headSize(), 2);
        float[] v = random(k.length, 3);
        float[] dOut = random(q.length, 4);
        for (int i = 0; i < q.length; i++) {
            q[i] *= spread;
        }
        NaiveAttention.Gradients expected =
                new NaiveAttention(shape, batch).gradients(doubles(q), doubles(k), doubles(v), dOut);
        Gradients actual = differentiate(q, k, v, dOut, shape, batch);
        // A score of magnitude s is off by s roundings, and its exponential relatively as much.
        double tolerance = 4 * contract().elementTolerance() * Math.max(1, spread * shape.scale() * shape.headSize());
        // A gradient sums products of slopes, themselves sums of as many products as a head has features.
        double slopes = Math.sqrt(shape.headSize());
        String what = shape + " over " + batch;
        assertClose(actual.value, expected.value(), tolerance, "value, " + what);
        assertClose(actual.query, expected.query(), tolerance * Math.max(1, slopes * shape.scale()), "query, " + what);
        assertClose(
                actual.key, expected.key(), tolerance * Math.max(1, spread * slopes * shape.scale()), "key, " + what);
    }
}
