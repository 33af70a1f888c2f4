package org.rankgrid.tasks.template;

/**
 * A row that a template cannot be rendered with. The message is a clause without a place, such as {@code the template names
 * 'goal', which the row does not have}: the caller puts file and line of the row in front.
 */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with the clause to show. */
    TemplateException(String message) {
        super(message);
    }

    /** An exception with the clause to show and what caused it. */
    TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
