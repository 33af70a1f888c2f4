package org.rankgrid.tasks.python;

/**
 * A text that is not a Python literal. The message is a clause that says what stands at which character; the caller says
 * where the text came from.
 */
public final class PythonLiteralException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with the clause to show. */
    public PythonLiteralException(String message) {
        super(message);
    }
}
