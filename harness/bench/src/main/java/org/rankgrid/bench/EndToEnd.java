package org.rankgrid.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rankgrid.data.Environment;
import org.rankgrid.data.model.KnownModel;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.results.json.Json;
import org.rankgrid.spi.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tokens a second of scoring and of calibration, over whole models; appends one JSON line a run to a history. */
@Command(
        name = "end-to-end",
        description = "Measures tokens/s of scoring and calibration, and appends one JSON line to a history.",
        mixinStandardHelpOptions = true)
final class EndToEnd implements Callable<Integer> {

    @Option(names = "--history", paramLabel = "FILE", description = "Append the run to this file.")
    private @Nullable Path history;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model (may be given several times; default: those with short names that are here).")
    private final List<String> models = new ArrayList<>();

    @Option(
            names = "--window",
            paramLabel = "N",
            split = ",",
            description = "Windows to score at, those a model takes (default: ${DEFAULT-VALUE}).",
            defaultValue = "512,2048")
    private final List<Integer> windows = new ArrayList<>();

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "8192",
            description = "Tokens of a repetition, rounded down to whole windows (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "3",
            description = "Timed repetitions after one that is not (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(names = "--backend", paramLabel = "ID", description = "Compute backend (default: the best available).")
    private @Nullable String backend;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute on (default: one a core).")
    private @Nullable Integer threads;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where pulled models lie (default: RANKGRID_CACHE).")
    private @Nullable Path cache;

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
        for (int number : new int[] {tokens, repetitions, threads == null ? 1 : threads}) {
            if (number < 1) {
                throw new InputException(
                        "--tokens, --repetitions and --threads take a number of 1 or more, not " + number);
            }
        }
        Path folder = Path.of("").toAbsolutePath();
        Installation installation = Installation.of(
                Environment.ofProcess(), folder, Optional.ofNullable(cache), Optional.empty(), List.of());
        MachineProbe probe = MachineProbe.measure(effort);
        System.out.println("# Machine: " + probe.text());
        Machine.Choice choice = new Machine.Choice(
                Optional.ofNullable(backend),
                Optional.empty(),
                threads == null ? OptionalInt.empty() : OptionalInt.of(threads));
        List<Timing> timings = new ArrayList<>();
        try (Machine machine = Machine.open(installation.plugins(), choice)) {
            for (String model : models.isEmpty() ? here(installation) : models) {
                for (Timing timing :
                        ModelTimings.of(installation, machine.backend(), model, windows, tokens, repetitions)) {
                    System.out.println(line(timing));
                    timings.add(timing);
                }
            }
            append(record(probe, machine, timings));
        }
        return 0;
    }

    private static List<String> here(Installation installation) {
        return installation.models().known().stream()
                .filter(model -> model.state() != KnownModel.State.NOT_PULLED)
                .map(KnownModel::name)
                .toList();
    }

    private static String line(Timing timing) {
        return String.format(
                Locale.ROOT,
                "%-16s %-10s window %4d  %8.0f tokens/s (median of %d; %.0f to %.0f)",
                timing.model(),
                timing.work(),
                timing.window(),
                timing.tokensPerSecond(),
                timing.seconds().size(),
                timing.slowest(),
                timing.fastest());
    }

    private static SequencedMap<String, Object> record(MachineProbe probe, Machine machine, List<Timing> timings) {
        SequencedMap<String, Object> run = new LinkedHashMap<>();
        run.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.putAll(Provenance.of(probe, System.getProperty("rankgrid.bench.commit", "unknown")));
        run.put("backend", Optional.ofNullable(machine.facts().get("backend")));
        run.put("timings", timings.stream().map(Timing::tree).toList());
        return run;
    }

    private void append(SequencedMap<String, Object> run) {
        if (history == null) {
            return;
        }
        try {
            Files.writeString(
                    history,
                    Json.line(run) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new InputException("--history " + history + " cannot be written: " + failure.getMessage(), failure);
        }
    }
}
