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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rankgrid.cli.bench.LinearWork;
import org.rankgrid.cli.bench.WeightShape;

/**
 * Linear layers, y = W x or y = A (B x) for t rows x, in the shapes of SmolLM2-135M and its head, of a model of 7 billion
 * parameters, and a square one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemmBenchmark {

    /** The weight, m by n. */
    @Param({"576x576", "1536x576", "576x1536", "49152x576", "2048x2048", "4096x4096", "4096x11008"})
    public String shape = "576x576";

    /** t. */
    @Param({"1", "8", "64", "512", "2048"})
    public int rows = 64;

    /** {@code DENSE}, or {@code TWO_FACTOR}: the rank that removes a ratio of 0.2 of the weight's parameters. */
    @Param({"DENSE", "TWO_FACTOR"})
    public LinearWork.Layer layer = LinearWork.Layer.DENSE;

    /** How the weight is stored before the backend packs it. */
    @Param({"F32", "BF16"})
    public LinearWork.Stored weights = LinearWork.Stored.F32;

    private LinearWork linear;

    /** Builds the layer and checks its product. */
    @Setup
    public void prepare(OpenBackend backend) {
        linear = LinearWork.of(backend.backend(), WeightShape.parse(shape), rows, layer, weights);
    }

    /** Frees the layer. */
    @TearDown
    public void close() {
        linear.close();
    }

    /** One product. */
    @Benchmark
    public float[] product(OpenBackend backend, Work work) {
        float[] row = linear.run();
        work.add(linear.operations(), backend.threadCount());
        return row;
    }
}
