package org.rankgrid.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.cli.bench.Provenance;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.grid.GridFile;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.run.GridPlan;
import org.rankgrid.engine.run.GridRun;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A whole grid with a cache that is empty, beside its stages done apart. */
@Command(
        name = "grid",
        description =
                "Runs a grid with an empty cache, then its calibration, its decomposition and its evaluations apart,"
                        + " and prints the whole as a multiple of the sum of the parts.",
        mixinStandardHelpOptions = true)
final class GridTiming implements Callable<Integer> {

    @Parameters(paramLabel = "GRID.yaml", description = "The grid file: harness/bench/24-cells.yaml, for one.")
    private Path grid = Path.of("grid.yaml");

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value of the grid, such as models=[smollm2-135m].")
    private final List<String> overrides = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Timed rounds after one that is not (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final History history = new History();

    private final MachineProbe.Effort effort;

    /** A command that measures the machine thoroughly. */
    GridTiming() {
        this(MachineProbe.Effort.FULL);
    }

    GridTiming(MachineProbe.Effort effort) {
        this.effort = effort;
    }

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new InputException("--rounds takes a number of 1 or more, not " + rounds);
        }
        Path folder = Optional.ofNullable(grid.toAbsolutePath().getParent()).orElse(grid.toAbsolutePath());
        Installation installation = target.installation(folder);
        GridSpec spec = GridFile.read(grid, overrides, installation.plugins(), installation.names());
        MachineProbe probe = MachineProbe.measure(effort);
        System.out.println("# Machine: " + probe.text());
        try (Machine machine = target.machine(installation)) {
            List<Double> wholes = new ArrayList<>();
            List<GridParts> parts = new ArrayList<>();
            for (int round = -1; round < rounds; round++) {
                try (TemporaryFolder place = TemporaryFolder.create()) {
                    RunDirectory directory = new RunDirectory(place.path().resolve("run"));
                    long began = System.nanoTime();
                    GridPlan plan = run(spec, withEmptyCache(installation, place.path()), machine, directory);
                    double whole = (System.nanoTime() - began) / 1e9;
                    GridParts apart = GridParts.measure(installation, machine, plan, directory);
                    if (round >= 0) {
                        wholes.add(whole);
                        parts.add(apart);
                        System.out.println(line(plan, whole, apart));
                    }
                }
            }
            report(spec, machine, probe, wholes, parts);
        }
        return 0;
    }

    private static Installation withEmptyCache(Installation installation, Path folder) {
        return new Installation(
                installation.plugins(),
                installation.models(),
                installation.corpora(),
                new Cache(folder.resolve("cache")),
                installation.fingerprints(),
                installation.tokenizers());
    }

    private GridPlan run(GridSpec spec, Installation installation, Machine machine, RunDirectory directory) {
        GridPlan plan = GridPlan.of(spec, installation, machine);
        GridRun run = new GridRun(installation, machine, plan, new GridRun.Settings(Batching.DEFAULT, false, false));
        GridRun.Outcome outcome = run.run(directory, bytes(), Progress.NONE, (cell, result, failure) -> {});
        if (outcome.failed() > 0) {
            throw new InputException(grid + ": " + outcome.failed()
                    + " cells failed: 'rankgrid run' says why; a grid that fails is not worth timing");
        }
        return plan;
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(grid);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + grid, failure);
        }
    }

    private static String line(GridPlan plan, double whole, GridParts parts) {
        return String.format(
                Locale.ROOT,
                "%d cells in %.2f s; apart: calibration %.2f s, decomposition %.2f s, evaluations %.2f s (loading of their"
                        + " weights %.2f s besides)",
                plan.cells().size(),
                whole,
                parts.calibration(),
                parts.decomposition(),
                parts.evaluation(),
                parts.loading());
    }

    private void report(
            GridSpec spec, Machine machine, MachineProbe probe, List<Double> wholes, List<GridParts> parts) {
        List<Double> strict = new ArrayList<>();
        List<Double> withLoading = new ArrayList<>();
        for (int i = 0; i < wholes.size(); i++) {
            strict.add(wholes.get(i) / parts.get(i).sum());
            withLoading.add(wholes.get(i) / (parts.get(i).sum() + parts.get(i).loading()));
        }
        Spread ratio = new Spread(strict);
        Spread loaded = new Spread(withLoading);
        long tokens = parts.getFirst().tokens();
        Spread speed = new Spread(wholes.stream().map(whole -> tokens / whole).toList());
        System.out.printf(
                Locale.ROOT,
                "the grid costs %s x the sum of its parts, %s x with the loading of weights counted in; %.0f tokens/s of"
                        + " calibration and scoring together%n",
                ratio.text(),
                loaded.text(),
                speed.median());
        SequencedMap<String, Object> measured = new LinkedHashMap<>();
        measured.put("backend", Optional.ofNullable(machine.facts().get("backend")));
        measured.put("grid", spec.title());
        measured.put("models", spec.models());
        measured.put("tokens", tokens);
        measured.put("seconds", wholes.stream().map(Provenance::rounded).toList());
        measured.put("parts", parts.stream().map(GridParts::tree).toList());
        measured.put("times_parts", ratio.tree());
        measured.put("times_parts_with_loading", loaded.tree());
        history.append("grid", probe, measured);
    }
}
