package org.rankgrid.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.rankgrid.data.Environment;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.GridFile;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.plugin.PluginJar;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.results.store.RunDirectory;
import org.rankgrid.spi.factorize.Factorization;

/** Grids over the bundled model with allocators that measure, on the scalar backend. How often each ran is a system property. */
final class Searches implements AutoCloseable {

    private static final Path PLUGINS = plugins();

    private final Path folder;
    private final Installation installation;
    private final Machine machine;

    Searches(Path folder) {
        this.folder = folder;
        installation = Installation.of(
                new Environment(Map.of(), folder, System.getProperty("os.name")),
                folder,
                Optional.of(folder.resolve("cache")),
                Optional.empty(),
                List.of(PLUGINS));
        machine = Machine.open(
                installation.plugins(), new Machine.Choice(Optional.of("scalar"), Optional.empty(), OptionalInt.of(2)));
    }

    Installation installation() {
        return installation;
    }

    Machine machine() {
        return machine;
    }

    GridSpec grid(String text) {
        return GridFile.parse("test.yaml", text, folder, List.of(), installation.plugins(), installation.names());
    }

    GridRun.Outcome run(String text, String out) {
        return run(text, out, Progress.NONE);
    }

    GridRun.Outcome run(String text, String out, Progress progress) {
        GridPlan plan = GridPlan.of(grid(text), installation, machine);
        return new GridRun(installation, machine, plan, new GridRun.Settings(Batching.DEFAULT, false, false))
                .run(
                        new RunDirectory(folder.resolve(out)),
                        text.getBytes(StandardCharsets.UTF_8),
                        progress,
                        (cell, result, failure) -> failure.ifPresent(Throwable::printStackTrace));
    }

    static int calls(String allocator) {
        return Integer.getInteger("acme.calls." + allocator, 0);
    }

    @Override
    public void close() {
        machine.close();
    }

    private static Path plugins() {
        try {
            Path folder = Files.createTempDirectory("rankgrid-searches");
            folder.toFile().deleteOnExit();
            Path jar = new PluginJar()
                    .withAllocator("Even", "even", allocator("", """
                            return counted(new RankWish(allocation.layers().stream()
                                .mapToDouble(l -> allocation.budget().keptShare() * l.breakEvenRank()).toArray()));
                            """, "even"))
                    .withAllocator("Searcher", "searcher", allocator("Need.TRIALS", """
                            Trials trials = allocation.statistics().trials();
                            double[] ranks = new double[allocation.layers().size()];
                            int[] plan = new int[ranks.length];
                            double best = Double.POSITIVE_INFINITY;
                            for (int rank = 4; rank <= 8; rank += 2) {
                                Arrays.fill(plan, rank);
                                Trial trial = trials.score(new RankPlan(allocation.layers(), plan), trials.sequences(), false);
                                if (trial.meanNll() < best) { best = trial.meanNll(); Arrays.fill(ranks, rank); }
                            }
                            return counted(new RankWish(ranks).with("best", best).with("curve", List.of(1L, 0.5)));
                            """, "searcher"))
                    .withAllocator("Polish", "polish", allocator("Need.START", """
                            return counted(RankWish.of(allocation.statistics().start()).with("kept",
                                allocation.statistics().start().parameters()));
                            """, "polish") + """
                            public List<OptionSpec> options() { return List.of(
                                OptionSpec.allocator("start", AllocatorReference.of("even"), "From which.")); }
                            """)
                    .withAllocator("Whole", "whole", allocator("", """
                            double[] ranks = new double[allocation.layers().size()];
                            Arrays.fill(ranks, RankWish.DENSE);
                            return counted(new RankWish(ranks));
                            """, "whole") + """
                            public boolean fixedPlan() { return true; }
                            """)
                    .withAllocator("Curious", "curious", allocator("Need.SPECTRA", """
                            allocation.statistics().gradients();
                            return counted(new RankWish(1));
                            """, "curious"))
                    .with("Svd", """
                            import java.util.*;
                            import org.rankgrid.spi.compute.LinearAlgebra;
                            import org.rankgrid.spi.factorize.*;
                            import org.rankgrid.spi.option.*;
                            public class Svd implements Factorization {
                                public String id() { return "svd"; }
                                public String summary() { return "Singular values alone."; }
                                public Set<LayerStatistic> needs(Options options) { return Set.of(); }
                                public Decomposition decompose(Factoring f, LinearAlgebra algebra, Options options) {
                                    int m = f.layer().rows(), n = f.layer().columns(), k = Math.min(m, n);
                                    LinearAlgebra.ThinSvd svd = algebra.thinSvd(f.weight(), m, n);
                                    double[] spectrum = new double[k];
                                    float[] left = new float[m * k], right = new float[k * n];
                                    for (int j = 0; j < k; j++) spectrum[j] = svd.values()[j] * svd.values()[j];
                                    for (int i = 0; i < m * k; i++) left[i] = (float) (svd.left()[i] * svd.values()[i % k]);
                                    for (int i = 0; i < k * n; i++) right[i] = (float) svd.right()[i];
                                    return new Decomposition(m, n, spectrum, left, right, List.of());
                                }
                            }
                            """)
                    .providing(Factorization.class, "acme.Svd")
                    .write(folder.resolve("searches.jar"));
            jar.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String allocator(String needs, String body, String id) {
        return """
                public Set<Need> needs(Options options) { return Set.of(%s); }
                private static RankWish counted(RankWish wish) {
                    String key = "acme.calls.%s";
                    System.setProperty(key, String.valueOf(Integer.getInteger(key, 0) + 1));
                    return wish;
                }
                public RankWish allocate(Allocation allocation) { %s }
                """.formatted(needs, id, body);
    }
}
