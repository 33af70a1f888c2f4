package org.rankgrid.engine.score;

/** A model whose logits are not finite: the score of a cell does not exist, and the message says where it broke. */
public final class NonFiniteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception that says where. */
    public NonFiniteException(String message) {
        super(message);
    }
}
