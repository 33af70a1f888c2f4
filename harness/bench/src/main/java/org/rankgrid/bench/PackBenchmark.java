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
import org.rankgrid.cli.bench.LinearWork;
import org.rankgrid.cli.bench.WeightShape;
import org.rankgrid.spi.compute.RowSource;

/** Packing of a weight into a backend's layout: what loading a model costs, and a cell of a grid before it is scored. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PackBenchmark {

    /** The weight, m by n. */
    @Param({"576x576", "1536x576", "576x1536", "49152x576"})
    public String shape = "576x576";

    /** How it is stored. */
    @Param({"F32", "BF16"})
    public LinearWork.Stored weights = LinearWork.Stored.F32;

    private RowSource source;

    /** Stores the weight. That it is packed rightly is checked by the products of {@link GemmBenchmark}. */
    @Setup
    public void prepare() {
        WeightShape parsed = WeightShape.parse(shape);
        source = weights.rows(LinearWork.weight(parsed), parsed.m(), parsed.n());
    }

    /** Packs it and frees it again; a value counts as written, whatever it was read from. */
    @Benchmark
    public int pack(OpenBackend backend, Traffic traffic) {
        traffic.add((double) source.rows() * source.columns(), backend);
        try (org.rankgrid.spi.compute.Scope scope = backend.backend().scope()) {
            return scope.pack(source).rows();
        }
    }
}
