package org.rankgrid.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.rankgrid.engine.grid.Cell;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.run.Forecast;
import org.rankgrid.engine.run.GridForecast;
import org.rankgrid.engine.run.GridPlan;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.run.Speeds;
import org.rankgrid.engine.run.Work;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rankgrid plan}. */
@Command(
        name = "plan",
        description =
                "Lists the cells of a grid and forecasts tokens, operations, memory, cache and time; runs nothing but some"
                        + " seconds of one block to measure speed.")
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private final GridOptions grid = new GridOptions();

    @Mixin
    private final MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        Installation installation = places.beside(grid.file(), output.err());
        GridSpec spec = grid.read(installation, output.err());
        try (Machine machine =
                Machine.open(installation.plugins(), machineOptions.choice().or(GridOptions.choice(spec)))) {
            GridPlan plan = GridPlan.of(spec, installation, machine);
            SequencedMap<String, Table> tables = new LinkedHashMap<>();
            tables.put("cells", cells(plan));
            double start = OwnProcess.secondsSinceStart();
            tables.put("price", prices(start, GridForecast.of(plan, installation, machine, machineOptions.batching())));
            output.print(installation.plugins(), tables);
        }
        return ExitCode.OK;
    }

    private static Table cells(GridPlan plan) {
        List<List<String>> rows = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            rows.add(List.of(
                    cell.id(),
                    cell.model(),
                    cell.compression().map(c -> c.factorization().label()).orElse(""),
                    cell.compression().map(c -> c.allocator().label()).orElse("dense"),
                    cell.compression()
                            .flatMap(c -> c.ratio())
                            .map(ratio -> ratio.toPlainString())
                            .orElse(""),
                    cell.compression().map(c -> String.valueOf(c.seed())).orElse("")));
        }
        return new Table(
                plan.grid().title() + ": " + plan.cells().size() + " cells",
                List.of(
                        new Column("cell", false),
                        new Column("model", false),
                        new Column("factorization", false),
                        new Column("allocator", false),
                        new Column("ratio", true),
                        new Column("seed", true)),
                rows,
                plan.grid().profile().stream()
                        .map(profile -> "profile " + profile.id() + ": " + profile.settings()
                                + "; what a task says itself stays")
                        .toList());
    }

    private static Table prices(double start, List<GridForecast.ModelForecast> forecasts) {
        List<List<String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        double seconds = start;
        rows.add(List.of("", "start", "1", "0", "0.00", Sizes.text(0), Sizes.text(0), time(start)));
        for (GridForecast.ModelForecast model : forecasts) {
            for (Forecast.Line line : model.forecast().lines()) {
                seconds += model.seconds(line);
                rows.add(List.of(
                        model.model(),
                        line.stage(),
                        String.valueOf(line.times()),
                        String.valueOf(line.tokens()),
                        String.format(Locale.ROOT, "%.3g", line.flops()),
                        Sizes.text(line.memoryBytes()),
                        Sizes.text(line.cacheBytes()),
                        time(model.seconds(line))));
            }
            model.speeds().perSecond().forEach((what, speed) -> notes.add(model.model() + ": " + speed(what, speed)));
            if (!model.atLeast().isEmpty()) {
                notes.add("these may measure more than is priced here: " + String.join(", ", model.atLeast()));
            }
        }
        notes.add("about " + time(seconds)
                + " in all if nothing is finished yet; stages that are in the cache are left out");
        return new Table(
                "price",
                List.of(
                        new Column("model", false),
                        new Column("stage", false),
                        new Column("times", true),
                        new Column("tokens", true),
                        new Column("FLOP", true),
                        new Column("memory", true),
                        new Column("cache", true),
                        new Column("time", true)),
                rows,
                notes);
    }

    private static String time(double seconds) {
        return TerminalProgress.duration(Duration.ofSeconds(Math.round(seconds)));
    }

    private static String speed(Speeds.Measured what, double perSecond) {
        String name = what.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String sequences = what.length() > 0 ? ", sequences of " + what.length() + " tokens" : "";
        String unit = what.kind() == Work.Kind.LOADING ? "G parameters/s" : "GFLOP/s";
        return String.format(Locale.ROOT, "%s%s: %.1f %s", name, sequences, perSecond / 1e9, unit);
    }
}
