package org.rankgrid.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.rankgrid.data.Environment;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.GridFile;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.run.GridPlan;
import org.rankgrid.engine.run.GridRun;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.results.store.RunDirectory;

/** An installation in a folder of its own, and grids run in it. */
final class Places {

    private final Path folder;
    private final Installation installation;

    /** An installation whose cache and everything else it writes lie in a folder. */
    Places(Path folder) {
        this(folder, Optional.empty());
    }

    private Places(Path folder, Optional<Path> data) {
        this.folder = folder;
        installation = Installation.of(
                new Environment(Map.of(), folder, System.getProperty("os.name")),
                folder,
                Optional.of(folder.resolve("cache")),
                data,
                List.of());
    }

    /** The same, with the data sets of the folder that RANKGRID_DATA names. */
    static Places withData(Path folder) {
        return new Places(folder, Environment.ofProcess().dataFolder(Optional.empty()));
    }

    /** The installation. */
    Installation installation() {
        return installation;
    }

    /** A backend with the best decompositions. */
    Machine machine(String backend, int threads) {
        return Machine.open(
                installation.plugins(),
                new Machine.Choice(Optional.of(backend), Optional.empty(), OptionalInt.of(threads)));
    }

    /** Runs a grid, or what is left of it, into a sub-folder. */
    GridRun.Outcome run(
            String grid, Machine machine, String out, OptionalInt batch, Progress progress, GridRun.Listener listener) {
        GridSpec spec =
                GridFile.parse("test.yaml", grid, folder, List.of(), installation.plugins(), installation.names());
        GridPlan plan = GridPlan.of(spec, installation, machine);
        return new GridRun(installation, machine, plan, new GridRun.Settings(Batching.of(batch), false, false))
                .run(directory(out), grid.getBytes(StandardCharsets.UTF_8), progress, listener);
    }

    /** The run directory of a sub-folder. */
    RunDirectory directory(String out) {
        return new RunDirectory(folder.resolve(out));
    }

    /** A run's files, a map from the path inside its {@code cells} folder to the content. */
    RunFiles files(String out) {
        return RunFiles.of(folder.resolve(out));
    }
}
