package org.rankgrid.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rankgrid.cli.bench.Oracle;
import org.rankgrid.cli.bench.RandomValues;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** Causal grouped-query attention in the shape of SmolLM2-135M: 9 heads, 3 key-value heads, 64 features each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AttentionBenchmark {

    private static final AttentionShape SHAPE = new AttentionShape(9, 3, 64, 1 / Math.sqrt(64), 0, 0);

    /** Sequences in the batch and the length of each. */
    @Param({"4x512", "1x2048", "64x32"})
    public String batch = "4x512";

    private PackedSequences sequences;
    private Tensor query;
    private Tensor key;
    private Tensor value;
    private Tensor output;
    private double operations;
    private float[] oneRow;

    /** Builds the batch and checks its attention. */
    @Setup
    public void prepare(OpenBackend backend) {
        int count = Integer.parseInt(batch, 0, batch.indexOf('x'), 10);
        int length = Integer.parseInt(batch, batch.indexOf('x') + 1, batch.length(), 10);
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        sequences = PackedSequences.ofLengths(lengths);
        int t = sequences.tokens();
        int queries = SHAPE.heads() * SHAPE.headSize();
        int keys = SHAPE.keyValueHeads() * SHAPE.headSize();
        float[] q = RandomValues.of(t, queries, 1);
        float[] k = RandomValues.of(t, keys, 2);
        float[] v = RandomValues.of(t, keys, 3);
        query = backend.scope().upload(q, t, queries);
        key = backend.scope().upload(k, t, keys);
        value = backend.scope().upload(v, t, keys);
        output = backend.scope().tensor(t, queries);
        oneRow = new float[queries];
        // Two products a pair of positions, over the half of the square a causal query sees.
        operations = 4.0 * queries * count * (length * (length + 1.0) / 2);
        check(backend, q, k, v, length);
    }

    /** Attention over the batch. */
    @Benchmark
    public float[] attention(OpenBackend backend, Work work) {
        backend.operations().attention(query, key, value, SHAPE, sequences, output);
        backend.await(output, oneRow);
        work.add(operations, backend.threadCount());
        return oneRow;
    }

    private void check(OpenBackend backend, float[] q, float[] k, float[] v, int length) {
        backend.operations().attention(query, key, value, SHAPE, sequences, output);
        int size = SHAPE.headSize();
        int group = SHAPE.heads() / SHAPE.keyValueHeads();
        int keys = SHAPE.keyValueHeads() * size;
        for (int t : Oracle.sample(sequences.tokens(), 5)) {
            float[] actual = backend.row(output, t);
            int first = t / length * length;
            for (int h = 0; h < SHAPE.heads(); h++) {
                int shared = h / group * size;
                double[] weights = new double[t - first + 1];
                double sum = 0;
                for (int s = first; s <= t; s++) {
                    double score = 0;
                    for (int d = 0; d < size; d++) {
                        score += (double) q[t * SHAPE.heads() * size + h * size + d] * k[s * keys + shared + d];
                    }
                    weights[s - first] = Math.exp(score * SHAPE.scale());
                    sum += weights[s - first];
                }
                for (int d = 0; d < size; d++) {
                    double expected = 0;
                    for (int s = first; s <= t; s++) {
                        expected += weights[s - first] / sum * v[s * keys + shared + d];
                    }
                    Oracle.require("row " + t + ", head " + h + ", feature " + d, actual[h * size + d], expected, 1);
                }
            }
        }
    }
}
