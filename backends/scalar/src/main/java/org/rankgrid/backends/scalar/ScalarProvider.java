package org.rankgrid.backends.scalar;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;

/** The backend {@code scalar}: always there, exact, slow. */
public final class ScalarProvider implements BackendProvider {

    /** A provider; does no work. */
    public ScalarProvider() {}

    @Override
    public String id() {
        return "scalar";
    }

    @Override
    public String summary() {
        return "Plain loops with sums in double, on one thread: the oracle other backends are measured against.";
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Availability probe() {
        return new Availability.Available("plain Java, one thread");
    }

    @Override
    public Backend open(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("threads", "1");
        facts.put("arithmetic", "f32 storage, f64 sums");
        facts.put("java", Runtime.version().toString());
        facts.put("determinism", "same bits for any number of threads and any batch");
        return new HostBackend(id(), facts, new ScalarKernels());
    }
}
