package org.rankgrid.spi.compute;

import org.rankgrid.spi.Availability;
import org.rankgrid.spi.Plugin;

/** A compute backend that may be available on this machine. */
public interface BackendProvider extends Plugin {

    /** Where a person names no backend, the available one with the highest preference is taken. */
    int preference();

    /** Whether the backend can run here; loads no more than it must to know. */
    Availability probe();

    /**
     * Opens the backend.
     *
     * @param threads how many threads it may compute on, at least 1
     */
    Backend open(int threads);
}
