package org.rankgrid.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.run.Evaluation;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.results.cell.CellCodec;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import org.rankgrid.spi.task.Score;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rankgrid eval}. */
@Command(name = "eval", description = "Scores one model.")
final class EvalCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "MODEL",
            description = "A short name, a folder in the Hugging Face layout, a .gguf file or a hub id.")
    private String model = "";

    @Option(
            names = "--task",
            required = true,
            paramLabel = "ID[:key=value...]",
            split = ",",
            description = "Tasks, separated by commas; options of a task after colons: wikitext2:window=512.")
    private final List<String> tasks = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Score only the first N windows, documents or items of each task.")
    private @Nullable Integer limit;

    @Option(names = "--items", paramLabel = "FILE", description = "Also write one JSON line for each item.")
    private @Nullable Path items;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Override
    public Integer call() {
        Installation installation = places.here(output.err());
        List<TaskRun> runs = TaskTexts.parse(
                tasks,
                MachineOptions.positive("--limit", limit),
                installation.plugins(),
                Path.of("").toAbsolutePath());
        try (ItemsFile file = ItemsFile.at(items);
                Machine machine = Machine.open(installation.plugins(), machineOptions.choice())) {
            Evaluation.Result result = new Evaluation(installation, machine, machineOptions.batch())
                    .run(model, runs, TerminalProgress.on(output.err()));
            file.write(result.answers());
            print(installation, machine, result);
        }
        return ExitCode.OK;
    }

    private void print(Installation installation, Machine machine, Evaluation.Result result) {
        if (output.json()) {
            SequencedMap<String, Object> tree = new LinkedHashMap<>();
            tree.put("model", model);
            tree.put("backend", machine.facts().get("backend"));
            tree.put("scores", result.scores().stream().map(CellCodec::tree).toList());
            output.printTree(tree);
        } else {
            output.print(installation.plugins(), table(result));
        }
        output.err()
                .printf(
                        Locale.ROOT,
                        "%d tokens in %.1f s, %.0f tokens/s%n",
                        result.tokens(),
                        result.seconds(),
                        result.tokens() / Math.max(1e-9, result.seconds()));
    }

    private Table table(Evaluation.Result result) {
        List<List<String>> rows = new ArrayList<>();
        for (Score score : result.scores()) {
            rows.add(List.of(
                    score.task(),
                    score.metric(),
                    String.format(Locale.ROOT, "%.6g", score.value()),
                    score.stderr().isPresent()
                            ? String.format(Locale.ROOT, "%.2g", score.stderr().getAsDouble())
                            : "",
                    String.valueOf(score.n()),
                    String.join(
                            " ",
                            score.protocol().entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .toList())));
        }
        return new Table(
                model,
                List.of(
                        new Column("task", false),
                        new Column("metric", false),
                        new Column("value", true),
                        new Column("stderr", true),
                        new Column("n", true),
                        new Column("protocol", false)),
                rows,
                List.of());
    }
}
