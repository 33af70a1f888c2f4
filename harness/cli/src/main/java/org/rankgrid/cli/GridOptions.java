package org.rankgrid.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.grid.GridFile;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.plugin.PluginProblem;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A grid file and what the command line changes of it. */
final class GridOptions {

    @Parameters(paramLabel = "GRID.yaml", description = "The grid file.")
    private Path grid = Path.of("grid.yaml");

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value of the grid, such as ratios=[0.2] or allocators.mgaa.alpha=0.5.")
    private final List<String> overrides = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Score only the first N windows, documents or items of each task.")
    private @Nullable Integer limit;

    /** The file. */
    Path file() {
        return grid;
    }

    /** Reads and validates the grid; warnings and plugin problems go to {@code err}. */
    GridSpec read(Installation installation, PrintWriter err) {
        for (PluginProblem problem : installation.plugins().problems()) {
            err.println("warning: " + problem);
        }
        GridSpec spec = GridFile.read(grid, overrides, installation.plugins(), installation.names());
        spec.warnings().forEach(warning -> err.println("warning: " + warning));
        OptionalInt items = MachineOptions.positive("--limit", limit);
        return items.isPresent() ? spec.withLimit(items.getAsInt()) : spec;
    }

    /** What the grid says about what computes. */
    static Machine.Choice choice(GridSpec spec) {
        return new Machine.Choice(spec.backend(), spec.decompositions(), spec.threads());
    }
}
