package org.rankgrid.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rankgrid.data.Environment;
import org.rankgrid.engine.run.Installation;
import picocli.CommandLine.Option;

/** Where things lie. */
final class PlaceOptions {

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Cache of models, calibrations and decompositions (default: RANKGRID_CACHE, else the user's"
                    + " cache folder).")
    private @Nullable Path cache;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of data sets by name (default: RANKGRID_DATA).")
    private @Nullable Path data;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description =
                    "Folder of plugin jars, besides plugins/ beside the grid (or here) and those in RANKGRID_PLUGINS.")
    private final List<Path> plugins = new ArrayList<>();

    /** The installation, with relative paths relative to a grid's folder; what code was loaded is said to {@code err}. */
    Installation beside(Path grid, PrintWriter err) {
        Path absolute = grid.toAbsolutePath();
        Path folder = absolute.getParent();
        return installation(folder == null ? absolute : folder, err);
    }

    /**
     * The installation, with relative paths relative to where the command was started; plugins are those that a grid there
     * would find.
     */
    Installation here(PrintWriter err) {
        return installation(Path.of("").toAbsolutePath(), err);
    }

    private Installation installation(Path base, PrintWriter err) {
        Installation installation = Installation.of(
                Environment.ofProcess(), base, Optional.ofNullable(cache), Optional.ofNullable(data), plugins);
        installation.plugins().loaded().forEach(jar -> err.println("plugin code loaded from " + jar));
        err.flush();
        return installation;
    }
}
