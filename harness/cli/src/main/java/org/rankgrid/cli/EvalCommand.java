package org.rankgrid.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.ItemLog;
import org.rankgrid.results.json.Json;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import org.rankgrid.spi.task.Answer;
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

    @Option(names = "--json", description = "Print the scores as JSON.")
    private boolean json;

    @Mixin
    private final MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Override
    public Integer call() {
        Installation installation = places.here();
        List<TaskRun> runs = TaskTexts.parse(
                tasks,
                MachineOptions.positive("--limit", limit),
                installation.plugins(),
                Path.of("").toAbsolutePath());
        if (items != null) {
            requireWritable(items);
        }
        try (Machine machine = Machine.open(installation.plugins(), machineOptions.choice())) {
            Evaluation.Result result = new Evaluation(installation, machine, machineOptions.batch())
                    .run(model, runs, TerminalProgress.onStandardError());
            if (items != null) {
                write(items, result.answers());
            }
            print(installation, machine, result);
        }
        return ExitCode.OK;
    }

    private void print(Installation installation, Machine machine, Evaluation.Result result) {
        if (json) {
            SequencedMap<String, Object> tree = new LinkedHashMap<>();
            tree.put("model", model);
            tree.put("backend", machine.facts().get("backend"));
            tree.put("scores", result.scores().stream().map(CellCodec::tree).toList());
            System.out.print(Json.pretty(tree));
        } else {
            Tables.print(installation.plugins(), table(result), false);
        }
        System.err.printf(
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

    /** Finds out before the work, not after it, that its result cannot be kept. */
    private static void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new InputException(
                    "--items " + file + ": the folder " + folder + " is not there or cannot be written");
        }
    }

    private static void write(Path file, SequencedMap<String, List<Answer>> answers) {
        StringBuilder lines = new StringBuilder();
        answers.forEach((task, list) -> {
            for (Answer answer : list) {
                switch (answer) {
                    case Answer.Window(int index, int tokens, double nll) ->
                        lines.append(ItemLog.line(new Item.Window(task, index, tokens, nll)));
                }
            }
        });
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(beside, lines);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new InputException("--items " + file + " cannot be written: " + failure.getMessage(), failure);
        }
    }
}
