package org.rankgrid.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.profile.Profile;
import org.rankgrid.engine.profile.Profiles;
import org.rankgrid.engine.run.Evaluation;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.results.cell.CellCodec;
import org.rankgrid.results.report.ScoreTable;
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
            description =
                    "Tasks, separated by commas; options of a task after colons: wikitext2:window=512. A task file of"
                            + " your own is named by its path: ./mine.yaml.")
    private final List<String> tasks = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "ID",
            description =
                    "Measure as a family of papers did: lm-eval, bolaco, llm-pruner or svd-llm set other defaults for"
                            + " windows and BOS, and which metric the table shows of a task.")
    private @Nullable String profileId;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Score only the first N windows, documents or items of each task; of a group, of each of its tasks.")
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
        Optional<Profile> profile = Optional.ofNullable(profileId).map(Profiles::get);
        List<TaskRun> runs = TaskTexts.parse(
                tasks,
                profile,
                MachineOptions.positive("--limit", limit),
                installation.plugins().taskFiles(),
                Path.of("").toAbsolutePath());
        try (ItemsFile file = ItemsFile.at(items);
                Machine machine = Machine.open(installation.plugins(), machineOptions.choice())) {
            Evaluation.Result result = new Evaluation(installation, machine, machineOptions.batching())
                    .run(model, runs, TerminalProgress.on(output.err()));
            file.write(result.items());
            print(installation, machine, runs, profile, result);
            result.warnings().forEach(warning -> output.err().println("warning: " + warning));
        }
        return ExitCode.OK;
    }

    private void print(
            Installation installation,
            Machine machine,
            List<TaskRun> runs,
            Optional<Profile> profile,
            Evaluation.Result result) {
        if (output.json()) {
            SequencedMap<String, Object> tree = new LinkedHashMap<>();
            tree.put("model", model);
            profile.ifPresent(used -> tree.put("profile", used.id()));
            tree.put("backend", machine.facts().get("backend"));
            tree.put("scores", result.scores().stream().map(CellCodec::tree).toList());
            output.printTree(tree);
        } else {
            String title = profile.map(used -> model + ", profile " + used.id()).orElse(model);
            output.print(installation.plugins(), ScoreTable.of(title, result.scores(), asked(runs)));
        }
        output.err()
                .printf(
                        Locale.ROOT,
                        "%d tokens in %.1f s, %.0f tokens/s%n",
                        result.tokens(),
                        result.seconds(),
                        result.tokens() / Math.max(1e-9, result.seconds()));
    }

    /** The names that scores of the tasks themselves have, and not of their parts. */
    private static List<String> asked(List<TaskRun> runs) {
        return runs.stream().map(run -> run.nameAmong(runs)).toList();
    }
}
