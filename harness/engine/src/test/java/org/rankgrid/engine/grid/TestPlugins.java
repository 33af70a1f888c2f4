package org.rankgrid.engine.grid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rankgrid.engine.plugin.PluginJar;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.spi.factorize.Factorization;

/**
 * Plugins for grids to name: they declare what the real ones declare and do nothing. The engine knows no plugin, so its
 * tests build their own; the tasks are the project's.
 */
final class TestPlugins {

    private static final String FACTORIZATION = """
            import java.util.*;
            import org.rankgrid.spi.compute.*;
            import org.rankgrid.spi.factorize.*;
            import org.rankgrid.spi.option.*;
            public class %s implements Factorization {
                public String id() { return "%s"; }
                public String summary() { return "A test's factorization."; }
                public List<OptionSpec> options() { return List.of(%s); }
                public Set<LayerStatistic> needs(Options options) { return Set.of(); }
                public Decomposition decompose(Factoring problem, LinearAlgebra algebra, Options options) {
                    throw new UnsupportedOperationException();
                }
            }
            """;

    /** All of them, with no problem. */
    static final Plugins ALL = discover();

    /** Any model but {@code stories26k}, any corpus but {@code tinystory}. */
    static final Names NAMES = new Names() {
        @Override
        public Optional<String> missingModel(String reference) {
            return reference.equals("stories26k")
                    ? Optional.of("no such model (did you mean 'stories260k'?)")
                    : Optional.empty();
        }

        @Override
        public Optional<String> missingCorpus(String name) {
            return name.equals("tinystory")
                    ? Optional.of("no such corpus (did you mean 'tinystories'?)")
                    : Optional.empty();
        }
    };

    private TestPlugins() {}

    private static Plugins discover() {
        try {
            Path folder = Files.createTempDirectory("rankgrid-test-plugins");
            folder.toFile().deleteOnExit();
            Path jar = new PluginJar()
                    .withAllocator("Uniform", "uniform", "")
                    .withAllocator("EqualEnergy", "equal-energy", "")
                    .withAllocator("Mgaa", "mgaa", """
                            public String version() { return "3"; }
                            public List<OptionSpec> options() { return List.of(
                                OptionSpec.real("alpha", 0, 10, 0.35, "How strongly."),
                                OptionSpec.choice("group", List.of("joint", "per-type"), "Which."),
                                OptionSpec.flag("within", true, "Whether."),
                                OptionSpec.whole("skip", 0, 64, 0, "How many.")); }
                            """)
                    .withAllocator("Ranks", "ranks", """
                            public boolean fixedPlan() { return true; }
                            public List<OptionSpec> options() { return List.of(OptionSpec.file("file", "Which file.")); }
                            """)
                    .with("Pca", FACTORIZATION.formatted("Pca", "pca", ""))
                    .providing(Factorization.class, "acme.Pca")
                    .with(
                            "Damped",
                            FACTORIZATION.formatted(
                                    "Damped", "damped", "OptionSpec.real(\"damping\", 0, 1, 0.01, \"How much.\")"))
                    .providing(Factorization.class, "acme.Damped")
                    .withAllocator("Searcher", "searcher", """
                            public String version() { return "7"; }
                            public Set<Need> needs(Options options) { return Set.of(Need.TRIALS); }
                            public List<OptionSpec> options() {
                                return List.of(OptionSpec.whole("trials", 1, 1000, 25, "How many.")); }
                            """)
                    .withAllocator("Polish", "polish", """
                            public Set<Need> needs(Options options) {
                                return options.allocator("start").isPresent() ? Set.of(Need.START) : Set.of(); }
                            public List<OptionSpec> options() { return List.of(
                                OptionSpec.allocator("start", AllocatorReference.of("uniform"), "From which.")); }
                            """)
                    .write(folder.resolve("test-plugins.jar"));
            jar.toFile().deleteOnExit();
            Plugins plugins = Plugins.discover(List.of(folder));
            if (!plugins.problems().isEmpty()) {
                throw new IllegalStateException(plugins.problems().toString());
            }
            return plugins;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
