package org.rankgrid.engine.plugin;

import java.util.ServiceConfigurationError;

/** Says in one line why a plugin failed. */
final class Reason {

    private Reason() {}

    /** What the service loader says is wrong with a declaration, or the failure itself. */
    static String ofDeclaration(Throwable failure) {
        if (!(failure instanceof ServiceConfigurationError)) {
            return of(failure);
        }
        // "service: what is wrong"; the caller says which service.
        String message = oneLine(failure);
        return message.substring(message.indexOf(": ") + 1).strip();
    }

    /** The cause closest to the plugin's own code, with its type and message. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ServiceConfigurationError || cause instanceof ExceptionInInitializerError)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getName() + (cause.getMessage() == null ? "" : ": " + oneLine(cause));
    }

    private static String oneLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
