package org.rankgrid.bench;

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
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.compute.Moments;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** The calibration update: Gram matrix, group sums and absolute sums of an activation, in double. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MomentsBenchmark {

    /** n. */
    @Param({"576", "1536"})
    public int columns = 576;

    /** t, in sequences of at most 512. */
    @Param({"512", "2048"})
    public int rows = 512;

    private Tensor activation;
    private PackedSequences sequences;
    private int[] groups;
    private Moments moments;

    /** Builds the activation and checks its moments. */
    @Setup
    public void prepare(OpenBackend backend) {
        float[] x = RandomValues.of(rows, columns, 1);
        activation = backend.scope().upload(x, rows, columns);
        int[] lengths = new int[Math.ceilDiv(rows, 512)];
        for (int s = 0; s < lengths.length; s++) {
            lengths[s] = Math.min(512, rows - 512 * s);
        }
        sequences = PackedSequences.ofLengths(lengths);
        groups = new int[lengths.length];
        moments = backend.scope().moments(columns, 1);
        check(backend, x);
    }

    /** Adds all rows. The work counted is that of one triangle. */
    @Benchmark
    public Moments accumulate(OpenBackend backend, Work work) {
        backend.operations().accumulate(activation, sequences, groups, moments);
        work.add((double) rows * columns * (columns + 1), backend.threadCount());
        return moments;
    }

    private void check(OpenBackend backend, float[] x) {
        backend.operations().accumulate(activation, sequences, groups, moments);
        MomentValues values = backend.operations().values(moments);
        for (int i : Oracle.sample(columns, 9)) {
            for (int j : Oracle.sample(columns, 9)) {
                double expected = 0;
                double scale = 0;
                for (int t = 0; t < rows; t++) {
                    double term = (double) x[t * columns + i] * x[t * columns + j];
                    expected += term;
                    scale += Math.abs(term);
                }
                Oracle.require("gram[" + i + "][" + j + "]", values.gram()[i * columns + j], expected, scale);
            }
        }
    }
}
