package org.rankgrid.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.run.CellWorker;
import org.rankgrid.engine.run.GridPlan;
import org.rankgrid.engine.run.GridRun;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Jobs;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.results.cell.CellCodec;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.results.report.RunTables;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Score;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rankgrid run}. */
@Command(
        name = "run",
        description =
                "Runs a grid, or what is left of it, and prints its table. Finished cells are never computed again;"
                        + " a run that was stopped goes on where it was when the same command is given again.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final GridOptions grid = new GridOptions();

    @Mixin
    private final MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the results (default: runs/NAME).")
    private @Nullable Path out;

    @Option(names = "--fresh", description = "Compute all cells again.")
    private boolean fresh;

    @Option(names = "--retry-failed", description = "Compute failed cells again.")
    private boolean retryFailed;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "Compute N cells side by side, each process on its share of the threads (default: 1). For many"
                            + " cells of a model too small to keep all cores busy: every process warms up and holds a model of"
                            + " its own, and a large model fills the cores alone. Changes no score.")
    private @Nullable Integer jobs;

    @Option(names = "--worker", paramLabel = "DIR", hidden = true, description = "Compute the cells that a run names.")
    private @Nullable Path worker;

    @Mixin
    private final Output output = new Output();

    @Spec
    private @Nullable CommandSpec command;

    @ParentCommand
    private @Nullable Main main;

    @Override
    public Integer call() {
        int processes = MachineOptions.positive("--jobs", jobs).orElse(1);
        if (worker != null) {
            return work(worker, processes);
        }
        Installation installation = places.beside(grid.file(), output.err());
        GridSpec spec = grid.read(installation, output.err());
        RunDirectory directory = directory(spec);
        TerminalProgress progress = TerminalProgress.on(output.err());
        String words = "stopped; finished cells are kept in " + directory.root() + ": give the same command to go on";
        try (Farewell _ = Farewell.saying(output.err(), words);
                Machine machine = Machine.open(
                        installation.plugins(), machineOptions.choice().or(GridOptions.choice(spec)))) {
            GridPlan plan = GridPlan.of(spec, installation, machine);
            if (processes > plan.cells().size()) {
                throw new InputException("--jobs " + processes + " is more than the "
                        + plan.cells().size() + " cells of the grid: give at most one job a cell");
            }
            GridRun run = new GridRun(
                    installation,
                    machine,
                    plan,
                    new GridRun.Settings(machineOptions.batching(), fresh, retryFailed, jobs(processes)));
            GridRun.Outcome outcome = run.run(directory, bytes(grid.file()), progress, (cell, result, failure) -> {
                progress.say(line(cell, result));
                if (main != null && main.debug()) {
                    failure.ifPresent(cause -> cause.printStackTrace(output.err()));
                }
            });
            print(installation, plan, directory, outcome);
            return outcome.failed() > 0 ? ExitCode.CELLS_FAILED : ExitCode.OK;
        }
    }

    private RunDirectory directory(GridSpec spec) {
        return new RunDirectory(out == null ? Path.of("runs", folderName(spec.name())) : out);
    }

    /** A process for cells is this command again, told where to leave what it computes. */
    private Jobs jobs(int processes) {
        List<String> again =
                Objects.requireNonNull(command).commandLine().getParseResult().originalArgs();
        return new Jobs(processes, folder -> {
            List<String> line = new ArrayList<>(OwnProcess.commandLine());
            line.addAll(again);
            line.addAll(List.of("--worker", folder.toString()));
            return line;
        });
    }

    /** Computes cells for the run that started this process, on its share of the threads. */
    private int work(Path folder, int processes) {
        PrintWriter silent = new PrintWriter(Writer.nullWriter());
        Installation installation = places.beside(grid.file(), silent);
        GridSpec spec = grid.read(installation, silent);
        PrintStream answers = System.out;
        // Plugins may print, but not between the lines that the run reads.
        System.setOut(System.err);
        Machine.Choice choice = machineOptions.choice().or(GridOptions.choice(spec));
        try (Machine machine = Machine.open(installation.plugins(), choice.shared(processes))) {
            new CellWorker(
                            installation,
                            machine,
                            GridPlan.of(spec, installation, machine),
                            machineOptions.batching(),
                            directory(spec),
                            failure -> {
                                if (main != null && main.debug()) {
                                    failure.printStackTrace(output.err());
                                }
                            })
                    .run(
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                            answers,
                            new RunDirectory(folder),
                            () -> Runtime.getRuntime().halt(ExitCode.OK));
        }
        return ExitCode.OK;
    }

    private void print(Installation installation, GridPlan plan, RunDirectory directory, GridRun.Outcome outcome) {
        if (output.json()) {
            List<String> results = outcome.results().stream()
                    .map(CellCodec::write)
                    .map(String::stripTrailing)
                    .toList();
            output.out().println("[" + String.join(",\n", results) + "]");
        } else {
            Map<String, String> ids = plan.cells().stream().collect(Collectors.toMap(Cell::identity, Cell::id));
            output.printText(
                    installation.plugins(),
                    RunTables.of(
                            plan.grid().title(),
                            outcome.results(),
                            cell -> items(
                                    directory,
                                    ids.getOrDefault(cell.provenance().identity(), "")),
                            plan.metrics()));
        }
        output.err().println(summary(directory, outcome));
    }

    /** The log of a cell; none where it is damaged, which costs the table an interval and the run nothing. */
    private static List<Item> items(RunDirectory directory, String id) {
        try {
            return directory.items(id);
        } catch (InputException damaged) {
            return List.of();
        }
    }

    private static String summary(RunDirectory directory, GridRun.Outcome outcome) {
        List<String> parts = new ArrayList<>();
        parts.add(outcome.computed() + " cells computed");
        parts.add(outcome.reused() + " already there");
        if (outcome.failed() > 0) {
            parts.add(outcome.failed() + " failed (--retry-failed computes them again)");
        }
        outcome.sharedSeconds()
                .forEach(
                        (stage, seconds) -> parts.add(String.format(Locale.ROOT, "%s %.1f s, shared", stage, seconds)));
        return String.join(", ", parts) + "; results in " + directory.root();
    }

    /** What a cell came to: the first score of each task. */
    private static String line(Cell cell, CellResult result) {
        StringBuilder text = new StringBuilder(cell.id());
        if (result.outcome() instanceof Outcome.Failed(String kind, String error)) {
            return text.append("  FAILED (")
                    .append(kind)
                    .append("): ")
                    .append(error)
                    .toString();
        }
        Set<String> said = new HashSet<>();
        for (Score score : result.scores()) {
            if (result.isAsked(score.task()) && said.add(score.task())) {
                text.append(String.format(Locale.ROOT, "  %s %s %.4g", score.task(), score.metric(), score.value()));
            }
        }
        text.append("  ")
                .append(TerminalProgress.duration(
                        Duration.ofMillis(Math.round(1000 * result.cost().seconds()))));
        return text.toString();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    private static String folderName(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return Optional.of(clean).filter(n -> n.matches(".*[A-Za-z0-9].*")).orElse("grid");
    }
}
