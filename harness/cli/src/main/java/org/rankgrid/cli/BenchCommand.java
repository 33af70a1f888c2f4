package org.rankgrid.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rankgrid.cli.bench.LinearWork;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.cli.bench.Pace;
import org.rankgrid.cli.bench.Provenance;
import org.rankgrid.cli.bench.WeightShape;
import org.rankgrid.cli.bench.WindowScoring;
import org.rankgrid.engine.plugin.Discovered;
import org.rankgrid.engine.run.BackendUnavailableException;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rankgrid bench}. */
@Command(
        name = "bench",
        description =
                "Measures GFLOP/s and tokens/s of each available backend on this machine, beside what its cores can do at"
                        + " most. Takes half a minute on the bundled model; the results are checked before they are timed.")
final class BenchCommand implements Callable<Integer> {

    /** The widest product of SmolLM2-135M's blocks; square ones say too much of caches. */
    private static final WeightShape SHAPE = new WeightShape(1536, 576);

    private static final int ROWS = 512;

    private static final int WINDOW = 512;

    private static final String CORPUS = "tinystories";

    private static final int MOST_SECONDS = 3600;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "stories260k",
            description = "The model that is scored, in windows of 512 tokens (default: ${DEFAULT-VALUE}).")
    private String model = "stories260k";

    @Option(names = "--backend", paramLabel = "ID", description = "Only this backend (default: each available).")
    private @Nullable String backend;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to compute on (default: one, then one a core).")
    private @Nullable Integer threads;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "How long each figure is watched, after half as long again for the compiler (default: ${DEFAULT-VALUE}).")
    private double seconds = 1;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    /**
     * What was measured.
     *
     * @param gflops of a linear layer
     * @param tokensPerSecond of scoring
     */
    private record Speed(
            String backend, int threads, double gflops, double tokensPerSecond, SequencedMap<String, String> facts) {

        double percentOfPeak(MachineProbe machine) {
            return 100 * gflops / machine.peakGflops(threads);
        }

        SequencedMap<String, Object> tree(MachineProbe machine) {
            SequencedMap<String, Object> tree = new LinkedHashMap<>();
            tree.put("id", backend);
            tree.put("threads", threads);
            tree.put("gflops", Provenance.rounded(gflops));
            tree.put("percent_of_peak", Provenance.rounded(percentOfPeak(machine)));
            tree.put("tokens_per_second", Provenance.rounded(tokensPerSecond));
            tree.put("facts", facts);
            return tree;
        }

        List<String> row(MachineProbe machine) {
            return List.of(
                    backend,
                    String.valueOf(threads),
                    String.format(Locale.ROOT, "%.1f", gflops),
                    String.format(Locale.ROOT, "%.0f", percentOfPeak(machine)),
                    String.format(Locale.ROOT, "%.0f", tokensPerSecond));
        }
    }

    @Override
    public Integer call() {
        OptionalInt asked = MachineOptions.threads(threads);
        if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
            throw new InputException("--seconds " + seconds + " is not a number from 0 to " + MOST_SECONDS);
        }
        Installation installation = places.here(output.err());
        List<BackendProvider> backends = backends(installation);
        SequencedMap<String, List<String>> unavailable = new LinkedHashMap<>();
        List<Speed> speeds = new ArrayList<>();
        MachineProbe before = MachineProbe.measure(MachineProbe.Effort.QUICK);
        try (Checkpoint checkpoint = installation.open(model)) {
            int window = Math.min(WINDOW, checkpoint.spec().maximumPositions());
            List<int[]> windows = WindowScoring.windows(checkpoint, installation.corpora(), CORPUS, window, 1);
            for (BackendProvider provider : backends) {
                if (provider.probe() instanceof Availability.Unavailable(List<String> reasons)) {
                    unavailable.put(provider.id(), reasons);
                    continue;
                }
                for (int count : threadCounts(asked)) {
                    output.err().println("measuring " + provider.id() + ", threads: " + count);
                    speeds.add(measure(provider, count, checkpoint, windows));
                }
            }
        }
        if (speeds.isEmpty()) {
            throw new BackendUnavailableException("no backend can run here: " + unavailable);
        }
        print(installation, before.or(MachineProbe.measure(MachineProbe.Effort.QUICK)), speeds, unavailable);
        return ExitCode.OK;
    }

    private List<BackendProvider> backends(Installation installation) {
        return backend == null
                ? installation.plugins().backends().all().stream()
                        .map(Discovered::plugin)
                        .toList()
                : List.of(installation.plugins().backends().get(backend));
    }

    private static int[] threadCounts(OptionalInt asked) {
        int cores = Runtime.getRuntime().availableProcessors();
        return asked.isPresent()
                ? new int[] {asked.getAsInt()}
                : IntStream.of(1, cores).distinct().toArray();
    }

    private Speed measure(BackendProvider provider, int threads, Checkpoint checkpoint, List<int[]> windows) {
        try (Backend open = provider.open(threads)) {
            double gflops = gflops(open);
            double tokensPerSecond = tokensPerSecond(open, checkpoint, windows);
            return new Speed(provider.id(), threads, gflops, tokensPerSecond, open.facts());
        }
    }

    private double gflops(Backend open) {
        try (LinearWork work = LinearWork.of(open, SHAPE, ROWS, LinearWork.Layer.DENSE, LinearWork.Stored.F32)) {
            return work.operations() / 1e9 / pace(work::run);
        }
    }

    private double tokensPerSecond(Backend open, Checkpoint checkpoint, List<int[]> windows) {
        try (Decoder decoder = Decoder.load(checkpoint, open)) {
            WindowScoring scoring = new WindowScoring(open, decoder, windows);
            return scoring.tokens() / pace(scoring::run);
        }
    }

    private double pace(Runnable work) {
        Duration watched = Duration.ofNanos((long) (seconds * 1e9));
        return Pace.seconds(work, watched.multipliedBy(3).dividedBy(2), watched);
    }

    private void print(
            Installation installation,
            MachineProbe machine,
            List<Speed> speeds,
            SequencedMap<String, List<String>> unavailable) {
        if (output.json()) {
            SequencedMap<String, Object> tree = new LinkedHashMap<>();
            tree.put("machine", Provenance.of(machine));
            tree.put("model", model);
            tree.put(
                    "backends",
                    speeds.stream().map(speed -> speed.tree(machine)).toList());
            tree.put("unavailable", unavailable);
            output.printTree(tree);
            return;
        }
        List<String> notes = new ArrayList<>();
        notes.add(machine.text());
        notes.add(String.format(
                Locale.ROOT,
                "GFLOP/s: a linear layer of %s in f32 over %d rows; %% of what so many cores reach in registers",
                SHAPE,
                ROWS));
        notes.add("tokens/s: " + model + " scored in windows of " + WINDOW);
        unavailable.forEach((id, reasons) -> notes.add(id + " cannot run here: " + String.join("; ", reasons)));
        output.print(
                installation.plugins(),
                new Table(
                        "bench",
                        List.of(
                                new Column("backend", false),
                                new Column("threads", true),
                                new Column("GFLOP/s", true),
                                new Column("% of peak", true),
                                new Column("tokens/s", true)),
                        speeds.stream().map(speed -> speed.row(machine)).toList(),
                        notes));
    }
}
