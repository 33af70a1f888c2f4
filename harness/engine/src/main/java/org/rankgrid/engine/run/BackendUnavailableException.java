package org.rankgrid.engine.run;

import org.rankgrid.spi.InputException;

/** The backend or decompositions library somebody asked for cannot run on this machine; the message says why. */
public final class BackendUnavailableException extends InputException {

    private static final long serialVersionUID = 1L;

    /** An exception with the sentence to show. */
    public BackendUnavailableException(String message) {
        super(message);
    }
}
