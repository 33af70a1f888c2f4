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
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.Tensor;

/** What stands between the products of a block: norms of rows, and the gate of a feed-forward network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NormBenchmark {

    private static final double EPSILON = 1e-5;

    /** n. */
    @Param({"576", "1536", "4096"})
    public int columns = 576;

    /** t. */
    @Param({"64", "2048"})
    public int rows = 64;

    private float[] x;
    private float[] gains;
    private float[] shifts;
    private Tensor input;
    private Tensor other;
    private Tensor weight;
    private Tensor bias;
    private Tensor output;
    private float[] oneRow;

    /** Builds the operands and checks the results. */
    @Setup
    public void prepare(OpenBackend backend) {
        x = RandomValues.of(rows, columns, 1);
        gains = RandomValues.of(1, columns, 2);
        shifts = RandomValues.of(1, columns, 3);
        input = backend.scope().upload(x, rows, columns);
        other = backend.scope().upload(RandomValues.of(rows, columns, 4), rows, columns);
        weight = backend.scope().upload(gains, 1, columns);
        bias = backend.scope().upload(shifts, 1, columns);
        output = backend.scope().tensor(rows, columns);
        oneRow = new float[columns];
        checkNorms(backend);
        checkGate(backend);
    }

    /** Root-mean-square norm of all rows. */
    @Benchmark
    public float[] rmsNorm(OpenBackend backend, Traffic traffic) {
        backend.operations().rmsNorm(input, weight, EPSILON, output);
        return done(backend, traffic, 2);
    }

    /** Layer norm of all rows. */
    @Benchmark
    public float[] layerNorm(OpenBackend backend, Traffic traffic) {
        backend.operations().layerNorm(input, weight, bias, EPSILON, output);
        return done(backend, traffic, 2);
    }

    /** silu(gate) * up, in place, over a gate that a norm has just written. */
    @Benchmark
    public float[] gate(OpenBackend backend, Traffic traffic) {
        backend.operations().rmsNorm(input, weight, EPSILON, output);
        backend.operations().gate(output, other, Activation.SILU);
        return done(backend, traffic, 5);
    }

    private float[] done(OpenBackend backend, Traffic traffic, int passes) {
        backend.await(output, oneRow);
        traffic.add((double) passes * rows * columns, backend);
        return oneRow;
    }

    private void checkNorms(OpenBackend backend) {
        for (int t : Oracle.sample(rows, 3)) {
            double[] row = Oracle.row(x, t, columns);
            double mean = Arrays.stream(row).average().orElseThrow();
            double square = Arrays.stream(row).map(v -> v * v).average().orElseThrow();
            double variance = Arrays.stream(row)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            backend.operations().rmsNorm(input, weight, EPSILON, output);
            float[] rms = backend.row(output, t);
            backend.operations().layerNorm(input, weight, bias, EPSILON, output);
            float[] layer = backend.row(output, t);
            for (int i = 0; i < columns; i++) {
                Oracle.require("rms norm", rms[i], row[i] / Math.sqrt(square + EPSILON) * gains[i], 1);
                double expected = (row[i] - mean) / Math.sqrt(variance + EPSILON) * gains[i] + shifts[i];
                Oracle.require("layer norm", layer[i], expected, 1);
            }
        }
    }

    private void checkGate(OpenBackend backend) {
        float[] up = backend.row(other, rows - 1);
        backend.operations().rmsNorm(input, weight, EPSILON, output);
        float[] gate = backend.row(output, rows - 1);
        backend.operations().gate(output, other, Activation.SILU);
        float[] actual = backend.row(output, rows - 1);
        for (int i = 0; i < columns; i++) {
            Oracle.require("gate", actual[i], gate[i] / (1 + Math.exp(-gate[i])) * up[i], 1);
        }
    }
}
