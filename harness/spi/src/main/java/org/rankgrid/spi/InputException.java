package org.rankgrid.spi;

/**
 * Bad input from a person: a file, a value, a combination that cannot work. The message is one sentence that says where,
 * what was found, what was expected and what to do; it is shown as it is, without a stack trace.
 */
public class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with the sentence to show. */
    public InputException(String message) {
        super(message);
    }

    /** An exception with the sentence to show and what caused it. */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
