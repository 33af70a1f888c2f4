package org.rankgrid.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * How many processes compute cells side by side, and how one is started.
 *
 * @param count processes; with one, the cells are computed in this one
 * @param command the command line of a process that runs a {@link CellWorker}, given the folder it writes into
 */
public record Jobs(int count, Function<Path, List<String>> command) {

    /** All cells one after the other in this process. */
    public static final Jobs ONE = new Jobs(1, _ -> List.of());
}
