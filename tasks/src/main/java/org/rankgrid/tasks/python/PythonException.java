package org.rankgrid.tasks.python;

/** What Python refuses to do with a value. The message is a clause without a place. */
public final class PythonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with the clause to show. */
    public PythonException(String message) {
        super(message);
    }
}
