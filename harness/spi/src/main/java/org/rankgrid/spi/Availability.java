package org.rankgrid.spi;

import java.util.List;

/** Whether a plugin can run on this machine. An unavailable plugin is a value that carries its reasons. */
public sealed interface Availability {

    /**
     * The plugin can run.
     *
     * @param detail what it found, for a listing: library and version, vector width, device
     */
    record Available(String detail) implements Availability {}

    /**
     * The plugin cannot run here.
     *
     * @param reasons one sentence each, with what to do about it where that is known
     */
    record Unavailable(List<String> reasons) implements Availability {

        /** Copies the list. */
        public Unavailable {
            reasons = List.copyOf(reasons);
        }
    }
}
