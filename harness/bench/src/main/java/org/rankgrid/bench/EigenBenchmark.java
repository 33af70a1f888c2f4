package org.rankgrid.bench;

import java.util.List;
import java.util.ServiceLoader;
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
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra.SymmetricEigen;
import org.rankgrid.spi.compute.LinearAlgebraProvider;

/** Symmetric eigen-decomposition of a Gram matrix, with all vectors, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EigenBenchmark {

    /** Id of the library. */
    @Param({"java", "openblas"})
    public String decompositions = "java";

    /** n. */
    @Param({"192", "576"})
    public int size = 192;

    private LinearAlgebra algebra;
    private double[] gram;

    /** Builds the matrix and checks its decomposition. */
    @Setup
    public void prepare() {
        algebra = open();
        float[] x = RandomValues.of(2 * size, size, 1);
        gram = new double[size * size];
        for (int t = 0; t < 2 * size; t++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    gram[i * size + j] += (double) x[t * size + i] * x[t * size + j];
                }
            }
        }
        check(algebra.symmetricEigen(gram, size));
    }

    /** One decomposition. */
    @Benchmark
    public SymmetricEigen symmetricEigen() {
        return algebra.symmetricEigen(gram, size);
    }

    private LinearAlgebra open() {
        LinearAlgebraProvider provider = ServiceLoader.load(LinearAlgebraProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.id().equals(decompositions))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no decompositions '" + decompositions + "'"));
        if (provider.probe() instanceof Availability.Unavailable(List<String> reasons)) {
            throw new IllegalStateException(
                    "decompositions '" + decompositions + "' cannot run here: " + String.join("; ", reasons));
        }
        return provider.open();
    }

    /** G v = lambda v, and v has length one, for some pairs. */
    private void check(SymmetricEigen eigen) {
        double scale = eigen.values()[0];
        for (int pair : Oracle.sample(size, 7)) {
            double length = 0;
            for (int i = 0; i < size; i++) {
                double product = 0;
                for (int j = 0; j < size; j++) {
                    product += gram[i * size + j] * eigen.vectors()[j * size + pair];
                }
                double component = eigen.vectors()[i * size + pair];
                length += component * component;
                Oracle.require("pair " + pair + " row " + i, eigen.values()[pair] * component, product, scale);
            }
            Oracle.require("length of vector " + pair, length, 1, 1);
        }
    }
}
