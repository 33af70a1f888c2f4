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
import org.rankgrid.cli.bench.WeightShape;

/** OpenBLAS's SGEMM alone, with threads of its own: the yardstick for the products of {@link GemmBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SgemmBenchmark {

    /** The weight, m by n. */
    @Param({"576x576", "1536x576", "576x1536", "49152x576", "2048x2048", "4096x4096", "4096x11008"})
    public String shape = "576x576";

    /** t. */
    @Param({"1", "8", "64", "512", "2048"})
    public int rows = 64;

    /** Threads of the library; {@code all}: one a core. */
    @Param({"1", "all"})
    public String threads = "1";

    private LibraryProduct product;
    private int threadCount;

    /** Builds the operands and checks the product. */
    @Setup
    public void prepare() {
        threadCount = threads.equals("all") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(threads);
        product = LibraryProduct.of(WeightShape.parse(shape), rows);
        product.useThreads(threadCount);
    }

    /** Frees them. */
    @TearDown
    public void close() {
        product.close();
    }

    /** One product. */
    @Benchmark
    public void sgemm(Work work) {
        product.run();
        work.add(product.operations(), threadCount);
    }
}
