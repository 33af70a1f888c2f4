package org.rankgrid.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rankgrid.data.Environment;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.spi.InputException;
import picocli.CommandLine.Option;

/** What a measurement computes on, and where its models lie. */
final class Target {

    @Option(names = "--backend", paramLabel = "ID", description = "Compute backend (default: the best available).")
    private @Nullable String backend;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute on (default: one a core).")
    private @Nullable Integer threads;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where pulled models lie (default: RANKGRID_CACHE).")
    private @Nullable Path cache;

    /**
     * What is installed, as somebody in a folder sees it.
     *
     * @throws InputException if the number of threads is none
     */
    Installation installation(Path folder) {
        if (threads != null && threads < 1) {
            throw new InputException("--threads takes a number of 1 or more, not " + threads);
        }
        return Installation.of(
                Environment.ofProcess(),
                folder.toAbsolutePath(),
                Optional.ofNullable(cache),
                Optional.empty(),
                List.of());
    }

    /** Opens the backend. */
    Machine machine(Installation installation) {
        OptionalInt count = threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
        return Machine.open(
                installation.plugins(), new Machine.Choice(Optional.ofNullable(backend), Optional.empty(), count));
    }
}
