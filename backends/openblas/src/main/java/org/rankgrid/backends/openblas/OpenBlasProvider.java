package org.rankgrid.backends.openblas;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.backends.scalar.HostBackend;
import org.rankgrid.backends.vector.VectorProvider;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;

/** The backend {@code openblas}: {@code vector} with products by the native SGEMM. */
public final class OpenBlasProvider implements BackendProvider {

    /** A provider; does no work. */
    public OpenBlasProvider() {}

    @Override
    public String id() {
        return "openblas";
    }

    @Override
    public String summary() {
        return "The vector backend with products by the native OpenBLAS, or another BLAS.";
    }

    @Override
    public int preference() {
        return 40;
    }

    @Override
    public Availability probe() {
        Availability vector = new VectorProvider().probe();
        return vector instanceof Availability.Available ? OpenBlas.ofProcess().availability() : vector;
    }

    @Override
    public Backend open(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        if (probe() instanceof Availability.Unavailable(List<String> reasons)) {
            throw new IllegalStateException(String.join("; ", reasons));
        }
        NativeLibrary library = OpenBlas.ofProcess().library();
        try {
            return new HostBackend(id(), facts(library, threads), new OpenBlasKernels(Sgemm.routine(library), threads));
        } catch (LibraryException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** What the vector backend says of itself, with the products put right. */
    private static SequencedMap<String, String> facts(NativeLibrary library, int threads) {
        SequencedMap<String, String> facts;
        try (Backend vector = new VectorProvider().open(1)) {
            facts = new LinkedHashMap<>(vector.facts());
        }
        facts.put("threads", Integer.toString(threads));
        facts.put("sgemm", library.description() + ", one thread a tile of " + Tiles.ROWS + " x " + Tiles.COLUMNS);
        facts.put(
                "determinism",
                "same bits for any number of threads with the same library and kernel; how a batch is composed may change"
                        + " the last bits");
        return facts;
    }
}
