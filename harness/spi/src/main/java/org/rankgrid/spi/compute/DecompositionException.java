package org.rankgrid.spi.compute;

/** A decomposition that failed; the message says of what and why. */
public class DecompositionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with what failed and why. */
    public DecompositionException(String message) {
        super(message);
    }
}
