package org.rankgrid.model.decoder;

/** A loss that is no number, or whose gradients are none; the message says where. */
public final class NonFiniteLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception that says where. */
    public NonFiniteLossException(String message) {
        super(message);
    }
}
