package org.rankgrid.conformance;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.LinearAlgebraProvider;

/** What can compute on this machine. */
final class Backends {

    private Backends() {}

    /** The backends that can run here; one that cannot is named with its reasons. */
    static List<BackendProvider> available() {
        return StreamSupport.stream(ServiceLoader.load(BackendProvider.class).spliterator(), false)
                .filter(provider -> available(provider.id(), provider.probe()))
                .toList();
    }

    /** The libraries of decompositions that can run here. */
    static List<LinearAlgebraProvider> decompositions() {
        return StreamSupport.stream(
                        ServiceLoader.load(LinearAlgebraProvider.class).spliterator(), false)
                .filter(provider -> available(provider.id(), provider.probe()))
                .toList();
    }

    private static boolean available(String id, Availability availability) {
        if (availability instanceof Availability.Unavailable(List<String> reasons)) {
            System.out.println(id + " is skipped: " + String.join("; ", reasons));
            return false;
        }
        return true;
    }
}
