package org.rankgrid.engine.plugin;

import java.util.ServiceConfigurationError;

/** Says in one line why a plugin failed. */
final class Reason {

    private Reason() {}

    /** The cause closest to the plugin's own code, with its type and message. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ServiceConfigurationError || cause instanceof ExceptionInInitializerError)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
        if (cause instanceof ServiceConfigurationError) {
            // "service: what is wrong"; the service is said by the caller.
            return message.substring(message.indexOf(": ") + 1).strip();
        }
        return cause.getClass().getName() + (cause.getMessage() == null ? "" : ": " + message);
    }
}
