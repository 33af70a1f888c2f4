package org.rankgrid.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.data.model.KnownModel;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Tokens a second of pieces of work over whole models, in rounds: each piece once a round, and beside each what a token costs as
 * a multiple of what it costs plain scoring, and a plain forward pass, in the same round.
 */
@Command(
        name = "end-to-end",
        description = {
            "Measures tokens/s of work over whole models, in rounds of one turn each.",
            "  eval              scores every token of the windows",
            "  blocks            the forward pass alone, without the head",
            "  calibrate         a calibration pass over the same tokens",
            "  uniform-0.4       eval of the model without 40 % of its linear parameters",
            "  mask-step         loss and gradients of masks over the same tokens",
            "  zero-shot         50 items of arc_easy; zero-shot-shared: with shared contexts"
        },
        mixinStandardHelpOptions = true)
final class EndToEnd implements Callable<Integer> {

    /** What the others are set beside, where it is measured too. */
    private static final List<String> BASES = List.of("eval", "blocks");

    @Mixin
    private final History history = new History();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model (may be given several times; default: those with short names that are here).")
    private final List<String> models = new ArrayList<>();

    @Option(
            names = "--work",
            paramLabel = "WORK",
            split = ",",
            defaultValue = "eval,calibrate",
            description = "Pieces of work, of those above, or all (default: ${DEFAULT-VALUE}).")
    private final List<String> works = new ArrayList<>();

    @Option(
            names = "--window",
            paramLabel = "N",
            split = ",",
            description = "Windows to work at, those a model takes (default: ${DEFAULT-VALUE}).",
            defaultValue = "512,2048")
    private final List<Integer> windows = new ArrayList<>();

    @Option(
            names = "--corpus",
            paramLabel = "NAME",
            defaultValue = "tinystories",
            description = "The text (default: ${DEFAULT-VALUE}).")
    private String corpus = "tinystories";

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "8192",
            description = "Tokens of a repetition, rounded down to whole windows (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = {"--rounds", "--repetitions"},
            paramLabel = "N",
            defaultValue = "3",
            description = "Timed rounds after one that is not (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private final Target target = new Target();

    private final MachineProbe.Effort effort;

    /** A command that measures the machine thoroughly. */
    EndToEnd() {
        this(MachineProbe.Effort.FULL);
    }

    EndToEnd(MachineProbe.Effort effort) {
        this.effort = effort;
    }

    @Override
    public Integer call() {
        for (int number : new int[] {tokens, rounds}) {
            if (number < 1) {
                throw new InputException("--tokens and --rounds take a number of 1 or more, not " + number);
            }
        }
        List<String> asked = works.contains("all") ? ModelPieces.WORKS : known(works);
        Installation installation = target.installation(Path.of(""));
        MachineProbe probe = MachineProbe.measure(effort);
        System.out.println("# Machine: " + probe.text());
        List<Timing> timings = new ArrayList<>();
        List<SequencedMap<String, Object>> ratios = new ArrayList<>();
        try (Machine machine = target.machine(installation)) {
            for (String model : models.isEmpty() ? here(installation) : models) {
                try (ModelPieces pieces = new ModelPieces(installation, machine, model, corpus, tokens)) {
                    measure(pieces, asked, timings, ratios);
                }
            }
            SequencedMap<String, Object> measured = new LinkedHashMap<>();
            measured.put("backend", Optional.ofNullable(machine.facts().get("backend")));
            measured.put("corpus", corpus);
            measured.put("timings", timings.stream().map(Timing::tree).toList());
            measured.put("costs_of_a_token", ratios);
            history.append("end-to-end", probe, measured);
        }
        return 0;
    }

    private void measure(
            ModelPieces pieces, List<String> asked, List<Timing> timings, List<SequencedMap<String, Object>> ratios) {
        for (int window : windows.stream().filter(pieces::takes).toList()) {
            List<Timing> here = Rounds.of(
                    pieces.model(),
                    asked.stream()
                            .filter(work -> !ModelPieces.hasNoWindow(work))
                            .map(work -> pieces.piece(work, window))
                            .toList(),
                    rounds);
            for (Timing timing : here) {
                StringBuilder line = new StringBuilder(timing.text());
                for (Timing base : here) {
                    if (BASES.contains(base.work()) && !BASES.contains(timing.work())) {
                        Spread costs = timing.timesTheCostOf(base);
                        line.append("; ")
                                .append(costs.text())
                                .append(" x the cost of ")
                                .append(base.work());
                        ratios.add(tree(timing, base, costs));
                    }
                }
                System.out.println(line);
            }
            timings.addAll(here);
        }
        List<Timing> others = Rounds.of(
                pieces.model(),
                asked.stream()
                        .filter(ModelPieces::hasNoWindow)
                        .map(work -> pieces.piece(work, 0))
                        .toList(),
                rounds);
        others.forEach(timing -> System.out.println(timing.text()));
        timings.addAll(others);
    }

    private static SequencedMap<String, Object> tree(Timing timing, Timing base, Spread times) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("model", timing.model());
        tree.put("work", timing.work());
        tree.put("window", timing.window());
        tree.put("beside", base.work());
        tree.putAll(times.tree());
        return tree;
    }

    private static List<String> known(List<String> works) {
        for (String work : works) {
            if (!ModelPieces.WORKS.contains(work)) {
                throw new InputException(
                        "--work: there is no piece of work '" + work + "'" + NearestNames.hint(work, ModelPieces.WORKS)
                                + "; there are " + String.join(", ", ModelPieces.WORKS));
            }
        }
        return ModelPieces.WORKS.stream().filter(works::contains).toList();
    }

    private static List<String> here(Installation installation) {
        return installation.models().known().stream()
                .filter(model -> model.state() != KnownModel.State.NOT_PULLED)
                .map(KnownModel::name)
                .toList();
    }
}
