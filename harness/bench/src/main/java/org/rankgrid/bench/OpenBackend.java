package org.rankgrid.bench;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.Tensor;

/** An open backend, for the length of a trial. */
@State(Scope.Benchmark)
public class OpenBackend {

    /** Id of the backend. The oracle is too slow for the large shapes: {@code -p backend=scalar -p rows=64}. */
    @Param({"vector", "openblas"})
    public String backend = "vector";

    /** How many threads the backend computes on; {@code all}: one a core. */
    @Param({"1", "all"})
    public String threads = "1";

    private Backend open;
    private org.rankgrid.spi.compute.Scope scope;

    /** Opens it; a backend that cannot run here fails the trial with its reasons. */
    @Setup
    public void open() {
        List<BackendProvider> providers = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(BackendProvider::id))
                .toList();
        BackendProvider provider = providers.stream()
                .filter(candidate -> candidate.id().equals(backend))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no backend '" + backend + "'; there are "
                        + providers.stream().map(BackendProvider::id).collect(Collectors.joining(", "))));
        if (provider.probe() instanceof Availability.Unavailable(List<String> reasons)) {
            throw new IllegalStateException("backend '" + backend + "' cannot run here: " + String.join("; ", reasons));
        }
        open = provider.open(threadCount());
        scope = open.scope();
    }

    /** Closes it and frees what the benchmark put on it. */
    @TearDown
    public void close() {
        scope.close();
        open.close();
    }

    /** Memory that lives as long as the trial. */
    org.rankgrid.spi.compute.Scope scope() {
        return scope;
    }

    Backend backend() {
        return open;
    }

    Operations operations() {
        return open.operations();
    }

    /** One row of a tensor; waits for what writes it, so that a device's work is timed too. */
    float[] row(Tensor tensor, int row) {
        float[] values = new float[tensor.columns()];
        open.download(tensor, row, 1, values);
        return values;
    }

    /** Waits for the work that writes a tensor. */
    void await(Tensor tensor, float[] oneRow) {
        open.download(tensor, tensor.rows() - 1, 1, oneRow);
    }

    int threadCount() {
        return threads.equals("all") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(threads);
    }
}
