package org.rankgrid.engine.run;

import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.score.NonFiniteException;
import org.rankgrid.model.decoder.NonFiniteLossException;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.DecompositionException;

/** How an exception that ended a cell is recorded. */
final class CellFailure {

    private static final int LONGEST = 1000;

    private CellFailure() {}

    /**
     * The outcome of a cell that ended with an exception.
     *
     * @param during what was being done, such as {@code allocator mgaa}
     */
    static Outcome.Failed of(String during, Throwable failure) {
        String message = oneLine(failure.getMessage());
        return switch (failure) {
            case InputException input -> new Outcome.Failed("input", during + ": " + message);
            case NonFiniteException nonFinite -> new Outcome.Failed("numerics", during + ": " + message);
            case NonFiniteLossException nonFinite -> new Outcome.Failed("numerics", during + ": " + message);
            case DecompositionException decomposition -> new Outcome.Failed("numerics", during + ": " + message);
            case OutOfMemoryError memory ->
                new Outcome.Failed(
                        "memory",
                        during + ": out of memory (" + message
                                + "); give Java more with RANKGRID_JAVA_OPTS=-Xmx..., or a smaller --batch");
            default ->
                new Outcome.Failed(
                        "plugin",
                        during + " failed with " + failure.getClass().getSimpleName()
                                + (message.isEmpty() ? "" : ": " + message));
        };
    }

    /** Messages of foreign code may be missing, or anything. */
    private static String oneLine(@Nullable String message) {
        String line = message == null
                ? ""
                : message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
