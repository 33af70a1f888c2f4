package org.rankgrid.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.rankgrid.cli.bench.LinearWork;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.cli.bench.Provenance;
import org.rankgrid.cli.bench.WeightShape;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The linear layers of a backend beside OpenBLAS's SGEMM, in turns, in one process. The backend keeps its weights packed and
 * packs what is multiplied; the library packs both in every call, as it always does.
 */
@Command(
        name = "products",
        description = "Compares the linear layers of a backend with OpenBLAS's SGEMM alone, in turns, as ratios.",
        mixinStandardHelpOptions = true)
final class Products implements Callable<Integer> {

    /** The real shapes, and rows of them, of which the ratios are averaged. */
    private static final String REAL_SHAPES = "576x576,1536x576,576x1536,49152x576,4096x4096,4096x11008";

    private static final WeightShape SQUARE = new WeightShape(2048, 2048);

    @Option(
            names = "--shape",
            paramLabel = "MxN",
            split = ",",
            defaultValue = REAL_SHAPES,
            description = "Weights (default: ${DEFAULT-VALUE}).")
    private final List<String> shapes = new ArrayList<>();

    @Option(
            names = "--rows",
            paramLabel = "N",
            split = ",",
            defaultValue = "64,512,2048",
            description = "Rows that they are applied to (default: ${DEFAULT-VALUE}).")
    private final List<Integer> rows = new ArrayList<>();

    @Option(names = "--no-square", description = "Leave out the product of 2048 x 2048 by 2048 rows.")
    private boolean noSquare;

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Threads of both (default: one, then one a core).")
    private final List<Integer> threads = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--turn",
            paramLabel = "SECONDS",
            defaultValue = "0.15",
            description = "A turn lasts so long, and one product at least (default: ${DEFAULT-VALUE}).")
    private double turn;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            defaultValue = "vector",
            description = "The backend (default: ${DEFAULT-VALUE}).")
    private String backend = "vector";

    @Mixin
    private final History history = new History();

    private final MachineProbe.Effort effort;

    /** A command that measures the machine thoroughly. */
    Products() {
        this(MachineProbe.Effort.FULL);
    }

    Products(MachineProbe.Effort effort) {
        this.effort = effort;
    }

    /**
     * A shape over rows, compared.
     *
     * @param real whether it counts in the mean
     * @param ours GFLOP/s by round
     * @param theirs GFLOP/s by round
     */
    private record Compared(WeightShape shape, int rows, int threads, boolean real, Spread ours, Spread theirs) {

        Spread ratio() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < ours.values().size(); i++) {
                ratios.add(ours.values().get(i) / theirs.values().get(i));
            }
            return new Spread(ratios);
        }

        /** Of the best turns: what is left of the ratio where others disturb some of them. */
        double ratioOfBest() {
            return ours.highest() / theirs.highest();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (rounds < 1 || !(turn >= 0) || rows.stream().anyMatch(count -> count < 1)) {
            throw new InputException("--rounds and --rows take a number of 1 or more, and --turn one of 0 or more");
        }
        List<WeightShape> weights = shapes.stream().map(WeightShape::parse).toList();
        BackendProvider provider = provider();
        MachineProbe probe = MachineProbe.measure(effort);
        System.out.println("# Machine: " + probe.text());
        List<Compared> all = new ArrayList<>();
        SequencedMap<String, Object> measured = new LinkedHashMap<>();
        for (int count : threadCounts()) {
            try (Backend open = provider.open(count)) {
                measured.put("backend", facts(open));
                for (WeightShape weight : weights) {
                    for (int t : rows) {
                        all.add(compare(open, weight, t, count, true, probe, measured));
                    }
                }
                if (!noSquare) {
                    all.add(compare(open, SQUARE, SQUARE.m(), count, false, probe, measured));
                }
            }
            mean(all, count)
                    .ifPresent(mean -> System.out.printf(
                            Locale.ROOT, "threads %d: geometric mean over the shapes %.3f%n%n", count, mean));
        }
        measured.put("rounds", rounds);
        measured.put("products", all.stream().map(one -> tree(one, probe)).toList());
        SequencedMap<String, Object> means = new LinkedHashMap<>();
        for (int count : threadCounts()) {
            mean(all, count).ifPresent(mean -> means.put(String.valueOf(count), Provenance.rounded(mean)));
        }
        measured.put("geometric_mean_by_threads", means);
        history.append("products", probe, measured);
        return 0;
    }

    private BackendProvider provider() {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.id().equals(backend))
                .findFirst()
                .orElseThrow(() -> new InputException("there is no backend '" + backend + "'"));
    }

    private List<Integer> threadCounts() {
        int cores = Runtime.getRuntime().availableProcessors();
        List<Integer> both = cores == 1 ? List.of(1) : List.of(1, cores);
        return threads.isEmpty() ? both : threads;
    }

    private static SequencedMap<String, Object> facts(Backend open) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", open.id());
        facts.putAll(open.facts());
        return facts;
    }

    private Compared compare(
            Backend open,
            WeightShape shape,
            int t,
            int count,
            boolean real,
            MachineProbe probe,
            SequencedMap<String, Object> measured)
            throws InterruptedException {
        try (LinearWork ours = LinearWork.of(open, shape, t, LinearWork.Layer.DENSE, LinearWork.Stored.F32);
                LibraryProduct theirs = LibraryProduct.of(shape, t)) {
            theirs.useThreads(count);
            measured.put("library", theirs.description());
            List<Double> mine = new ArrayList<>();
            List<Double> other = new ArrayList<>();
            Turn first = new Turn(ours::run, ours.operations(), turn);
            Turn second = new Turn(theirs::run, theirs.operations(), turn);
            // Once for the compiler.
            first.take();
            second.take();
            for (int round = 0; round < rounds; round++) {
                // Whoever begins may find the machine cooler.
                if (round % 2 == 0) {
                    mine.add(first.take());
                    other.add(second.take());
                } else {
                    other.add(second.take());
                    mine.add(first.take());
                }
            }
            Compared compared = new Compared(shape, t, count, real, new Spread(mine), new Spread(other));
            System.out.printf(
                    Locale.ROOT,
                    "%-11s rows %4d  threads %d  %s %6.1f GFLOP/s (%3.0f %% of peak)  OpenBLAS %6.1f (%3.0f %%)  ratio %s, of the best %.3f%n",
                    shape,
                    t,
                    count,
                    backend,
                    compared.ours.median(),
                    100 * compared.ours.median() / probe.peakGflops(count),
                    compared.theirs.median(),
                    100 * compared.theirs.median() / probe.peakGflops(count),
                    compared.ratio().text(),
                    compared.ratioOfBest());
            return compared;
        }
    }

    /** Geometric mean of the ratios of the real shapes with 64 rows or more. */
    private static Optional<Double> mean(List<Compared> all, int threads) {
        List<Compared> counted = all.stream()
                .filter(one -> one.real && one.threads == threads && one.rows >= 64)
                .toList();
        return counted.isEmpty()
                ? Optional.empty()
                : Optional.of(Math.exp(counted.stream()
                        .mapToDouble(one -> Math.log(one.ratio().median()))
                        .average()
                        .orElseThrow()));
    }

    private static SequencedMap<String, Object> tree(Compared one, MachineProbe probe) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("shape", one.shape.toString());
        tree.put("rows", one.rows);
        tree.put("threads", one.threads);
        tree.put("gflops", Provenance.rounded(one.ours.median()));
        tree.put("percent_of_peak", Provenance.rounded(100 * one.ours.median() / probe.peakGflops(one.threads)));
        tree.put("library_gflops", Provenance.rounded(one.theirs.median()));
        tree.put(
                "library_percent_of_peak",
                Provenance.rounded(100 * one.theirs.median() / probe.peakGflops(one.threads)));
        tree.put("ratio", one.ratio().tree());
        tree.put("ratio_of_best", Provenance.rounded(one.ratioOfBest()));
        return tree;
    }
}
