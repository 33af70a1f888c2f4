package org.rankgrid.cli;

import java.io.UncheckedIOException;
import org.rankgrid.engine.run.BackendUnavailableException;
import org.rankgrid.spi.InputException;
import picocli.CommandLine.ExecutionException;

/**
 * What a person is told of an exception that ended a command.
 *
 * @param sentence what is shown
 * @param exitCode how the process ends
 */
record Failure(String sentence, int exitCode) {

    static Failure of(Throwable thrown, boolean debug) {
        return switch (cause(thrown)) {
            case BackendUnavailableException unavailable ->
                new Failure(String.valueOf(unavailable.getMessage()), ExitCode.BACKEND_UNAVAILABLE);
            case InputException input -> new Failure(String.valueOf(input.getMessage()), ExitCode.BAD_INPUT);
            case UncheckedIOException io -> new Failure(io.getMessage() + ": " + reason(io), ExitCode.BAD_INPUT);
            case OutOfMemoryError memory ->
                new Failure(
                        "out of memory (" + memory.getMessage()
                                + "): give Java more with RANKGRID_JAVA_OPTS=-Xmx..., or a smaller --batch",
                        ExitCode.BAD_INPUT);
            case Throwable other ->
                new Failure(
                        "rankgrid failed with " + other.getClass().getSimpleName() + ": " + other.getMessage()
                                + (debug ? "" : "; run it again with --debug to see where"),
                        ExitCode.CELLS_FAILED);
        };
    }

    private static String reason(UncheckedIOException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? "no reason given" : String.valueOf(cause.getMessage());
    }

    /** Errors come wrapped. */
    private static Throwable cause(Throwable thrown) {
        return thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
