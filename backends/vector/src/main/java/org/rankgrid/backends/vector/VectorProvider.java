package org.rankgrid.backends.vector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.backends.scalar.HostBackend;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;

/** The backend {@code vector}: SIMD through the Vector API, the default on a CPU. */
public final class VectorProvider implements BackendProvider {

    private static final String MODULE = "jdk.incubator.vector";

    /** A provider; does no work. */
    public VectorProvider() {}

    @Override
    public String id() {
        return "vector";
    }

    @Override
    public String summary() {
        return "SIMD through the Java Vector API, on all cores: the default on a CPU.";
    }

    @Override
    public int preference() {
        return 50;
    }

    @Override
    public Availability probe() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return new Availability.Unavailable(
                    List.of("the Vector API is not loaded: start Java with --add-modules " + MODULE));
        }
        return VectorWidth.probe();
    }

    @Override
    public Backend open(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        if (probe() instanceof Availability.Unavailable(List<String> reasons)) {
            throw new IllegalStateException(String.join("; ", reasons));
        }
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("threads", Integer.toString(threads));
        facts.put("vector bits", Integer.toString(VectorWidth.bits()));
        facts.put("arithmetic", "f32; statistics and log-sum-exp in f64");
        facts.put("java", Runtime.version().toString());
        facts.put("determinism", "same bits for any number of threads and any batch, at one vector width");
        return new HostBackend(id(), facts, new VectorKernels(threads));
    }
}
