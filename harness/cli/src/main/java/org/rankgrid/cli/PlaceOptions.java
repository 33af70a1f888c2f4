package org.rankgrid.cli;

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
            description = "Folder of plugin jars, besides plugins/ beside the grid and those in RANKGRID_PLUGINS.")
    private final List<Path> plugins = new ArrayList<>();

    /** The installation, with relative paths relative to a grid's folder. */
    Installation beside(Path grid) {
        Path absolute = grid.toAbsolutePath();
        Path folder = absolute.getParent();
        return installation(folder == null ? absolute : folder, true);
    }

    /** The installation, with relative paths relative to where the command was started. */
    Installation here() {
        return installation(Path.of("").toAbsolutePath(), false);
    }

    private Installation installation(Path base, boolean grid) {
        return Installation.of(
                Environment.ofProcess(), base, grid, Optional.ofNullable(cache), Optional.ofNullable(data), plugins);
    }
}
