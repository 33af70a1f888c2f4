package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** Sequences that continue others, beside the same batch in which each repeats its prefix. */
abstract class ContinuationContract extends OperationContract {

    /** Around the sizes of tiles, vectors, blocks of keys and of positions. */
    private static final int[] PREFIXES = {1, 2, 11, 12, 13, 31, 32, 33, 95, 96, 97, 191, 192, 193};

    private static final int[] CONTINUATIONS = {1, 2, 7, 11, 12, 13, 34};

    ContinuationContract(BackendContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 5, 0, 0",
        "4, 2, 8, 0, 0",
        "3, 1, 17, 0, 2.5",
        "2, 2, 12, 1, 0",
        "2, 1, 16, 12, 0",
        "6, 2, 20, 30, 5",
        "2, 2, 33, 150, 0"
    })
    void attentionIsThatOfRepeatedPrefixes(int heads, int groups, int d, int window, double cap) {
        AttentionShape shape = new AttentionShape(heads, groups, d, 2 / Math.sqrt(d), window, cap);
        PackedSequences batch = batch();
        int wide = heads * d;
        int narrow = groups * d;
        float[] q = random(batch.tokens() * wide, 1);
        float[] k = random(batch.tokens() * narrow, 2);
        float[] v = random(batch.tokens() * narrow, 3);
        int[] rows = repeatedRows(batch);
        float[] repeatedQ = select(q, wide, rows);
        float[] repeatedK = select(k, narrow, rows);
        float[] repeatedV = select(v, narrow, rows);
        PackedSequences repeated = repeated(batch);
        float[] found = attend(q, k, v, shape, batch);
        float[] plain = attend(repeatedQ, repeatedK, repeatedV, shape, repeated);
        if (contract().sameBits()) {
            assertThat(found).isEqualTo(select(plain, wide, ownRows(batch)));
        }
        double[] expected =
                new NaiveAttention(shape, repeated).attend(doubles(repeatedQ), doubles(repeatedK), doubles(repeatedV));
        double tolerance = 8 * contract().elementTolerance() * Math.sqrt(d);
        assertClose(select(found, wide, rows), expected, tolerance, shape + " over " + batch);
    }

    @Test
    void threadsAndWhatElseIsInTheBatchChangeNoBit() {
        assumeSameBits();
        AttentionShape shape = new AttentionShape(6, 2, 20, 0.2, 50, 0);
        PackedSequences batch = PackedSequences.continuing(new int[] {70, 3, 41, 5, 1}, new int[] {-1, 0, -1, 0, 2});
        float[] q = random(batch.tokens() * 120, 1);
        float[] k = random(batch.tokens() * 40, 2);
        float[] v = random(batch.tokens() * 40, 3);
        float[] first = attend(q, k, v, shape, batch);
        for (int threads : new int[] {1, 3}) {
            reopen(threads);
            assertThat(attend(q, k, v, shape, batch)).isEqualTo(first);
        }
        PackedSequences fewer = PackedSequences.continuing(new int[] {70, 5}, new int[] {-1, 0});
        int[] rows = IntStream.concat(IntStream.range(0, 70), IntStream.range(batch.start(3), batch.end(3)))
                .toArray();
        assertThat(attend(select(q, 120, rows), select(k, 40, rows), select(v, 40, rows), shape, fewer))
                .isEqualTo(select(first, 120, rows));
    }

    @Test
    void positionsGoOnWhereThePrefixEnds() {
        PackedSequences batch = batch();
        int n = 3 * 22;
        float[] x = random(batch.tokens() * n, 1);
        int[] rows = repeatedRows(batch);
        float[] plain = rotate(select(x, n, rows), n, repeated(batch));
        assertThat(rotate(x, n, batch)).isEqualTo(select(plain, n, ownRows(batch)));
    }

    @Test
    void anglesMustCoverThePrefixToo() {
        PackedSequences batch = PackedSequences.continuing(new int[] {3, 2}, new int[] {-1, 0});
        Tensor angles = scope().tensor(4, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().rotate(scope().tensor(5, 8), 4, angles, angles, batch))
                .withMessageContaining("4")
                .withMessageContaining("5");
    }

    @Test
    void whatHasNoMeaningForThemRefusesThem() {
        PackedSequences batch = PackedSequences.continuing(new int[] {3, 2}, new int[] {-1, 0});
        Tensor x = scope().upload(new float[40], 5, 8);
        Tensor angles = scope().upload(new float[10], 5, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().accumulate(x, batch, new int[2], scope().moments(8, 1)))
                .withMessageContaining("continue");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().accumulate(x, x, batch, scope().productSums(8)))
                .withMessageContaining("continue");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward().rotate(x, 4, angles, angles, batch))
                .withMessageContaining("continue");
        AttentionShape shape = new AttentionShape(2, 2, 4, 1, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backward()
                        .attention(
                                x,
                                x,
                                x,
                                shape,
                                batch,
                                x,
                                scope().tensor(5, 8),
                                scope().tensor(5, 8),
                                scope().tensor(5, 8)))
                .withMessageContaining("continue");
    }

    /** All prefixes first, then all continuations of each length: none stands next to its prefix. */
    private static PackedSequences batch() {
        int[] lengths = Arrays.copyOf(PREFIXES, PREFIXES.length * (1 + CONTINUATIONS.length));
        int[] prefixes = new int[lengths.length];
        for (int s = 0; s < lengths.length; s++) {
            int round = s / PREFIXES.length - 1;
            prefixes[s] = round < 0 ? -1 : s % PREFIXES.length;
            lengths[s] = round < 0 ? PREFIXES[s] : CONTINUATIONS[round];
        }
        return PackedSequences.continuing(lengths, prefixes);
    }

    private static PackedSequences repeated(PackedSequences batch) {
        return PackedSequences.ofLengths(IntStream.range(0, batch.count())
                .map(s -> (batch.prefix(s) < 0 ? 0 : batch.length(batch.prefix(s))) + batch.length(s))
                .toArray());
    }

    /** Of each row of the repeated batch, the row it repeats. */
    private static int[] repeatedRows(PackedSequences batch) {
        return IntStream.range(0, batch.count())
                .flatMap(s -> {
                    int prefix = batch.prefix(s);
                    IntStream own = IntStream.range(batch.start(s), batch.end(s));
                    return prefix < 0
                            ? own
                            : IntStream.concat(IntStream.range(batch.start(prefix), batch.end(prefix)), own);
                })
                .toArray();
    }

    /** Of each row of the batch, its own place in the repeated one. */
    private static int[] ownRows(PackedSequences batch) {
        PackedSequences repeated = repeated(batch);
        return IntStream.range(0, batch.count())
                .flatMap(s -> IntStream.range(repeated.end(s) - batch.length(s), repeated.end(s)))
                .toArray();
    }

    private static float[] select(float[] values, int columns, int[] rows) {
        float[] selected = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * columns, selected, i * columns, columns);
        }
        return selected;
    }

    private float[] attend(float[] q, float[] k, float[] v, AttentionShape shape, PackedSequences batch) {
        int t = batch.tokens();
        int wide = shape.heads() * shape.headSize();
        int narrow = shape.keyValueHeads() * shape.headSize();
        Tensor out = scope().tensor(t, wide);
        operations()
                .attention(
                        scope().upload(q, t, wide),
                        scope().upload(k, t, narrow),
                        scope().upload(v, t, narrow),
                        shape,
                        batch,
                        out);
        return download(out);
    }

    private float[] rotate(float[] x, int n, PackedSequences batch) {
        float[] cosine = new float[batch.longest() * 9];
        float[] sine = new float[cosine.length];
        for (int i = 0; i < cosine.length; i++) {
            int position = i / 9;
            double angle = position * Math.pow(100, -(i % 9) / 9.0);
            cosine[i] = (float) Math.cos(angle);
            sine[i] = (float) Math.sin(angle);
        }
        Tensor tensor = scope().upload(x, batch.tokens(), n);
        operations()
                .rotate(
                        tensor,
                        22,
                        scope().upload(cosine, batch.longest(), 9),
                        scope().upload(sine, batch.longest(), 9),
                        batch);
        return download(tensor);
    }
}
