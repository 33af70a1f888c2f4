package org.rankgrid.engine.run;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.rankgrid.engine.plugin.Discovered;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebraProvider;

/**
 * What computes: an open backend and a library of decompositions.
 *
 * @param backend the backend
 * @param algebra the decompositions
 * @param threads how many threads may be used
 */
public record Machine(Backend backend, LinearAlgebra algebra, int threads) implements AutoCloseable {

    /** The fact of a result that says which backend ran. */
    static final String BACKEND = "backend";

    /** The fact of a backend that changes no bit. */
    static final String THREADS = "threads";

    /**
     * What somebody asked for.
     *
     * @param backend id of a backend; empty for the best available
     * @param decompositions id of a library; empty for the best available
     * @param threads empty for one a core
     */
    public record Choice(Optional<String> backend, Optional<String> decompositions, OptionalInt threads) {

        /** This choice, and where it says nothing, another's. */
        public Choice or(Choice other) {
            return new Choice(
                    backend.or(other::backend),
                    decompositions.or(other::decompositions),
                    threads.isPresent() ? threads : other.threads);
        }

        /** This choice for each of some processes that share the threads. */
        public Choice shared(int processes) {
            return new Choice(backend, decompositions, OptionalInt.of(Math.max(1, count() / processes)));
        }

        private int count() {
            return threads.orElse(Runtime.getRuntime().availableProcessors());
        }
    }

    /**
     * Opens what was asked for.
     *
     * @throws org.rankgrid.spi.InputException if there is no plugin of that name
     * @throws BackendUnavailableException if it cannot run here
     */
    public static Machine open(Plugins plugins, Choice choice) {
        int threads = choice.count();
        LinearAlgebra algebra = choose(
                        plugins.decompositions(),
                        choice.decompositions(),
                        LinearAlgebraProvider::probe,
                        LinearAlgebraProvider::preference)
                .open();
        Backend backend = choose(
                        plugins.backends(), choice.backend(), BackendProvider::probe, BackendProvider::preference)
                .open(threads);
        return new Machine(backend, algebra, threads);
    }

    /** What runs, for the provenance of a result. */
    public SequencedMap<String, Object> facts() {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        String version = Machine.class.getPackage().getImplementationVersion();
        facts.put("rankgrid", version == null ? "development" : version);
        SequencedMap<String, Object> backendFacts = new LinkedHashMap<>();
        backendFacts.put("id", backend.id());
        backendFacts.putAll(backend.facts());
        facts.put(BACKEND, backendFacts);
        facts.put("decompositions", algebra.description());
        facts.put("java", Runtime.version().toString());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }

    /** What of the backend decides the bits of a result: all its facts but the number of threads. */
    public String arithmetic() {
        SequencedMap<String, String> facts = backend.facts();
        facts = new LinkedHashMap<>(facts);
        facts.remove(THREADS);
        return backend.id() + " " + facts;
    }

    @Override
    public void close() {
        backend.close();
    }

    private static <P extends Plugin> P choose(
            PluginSet<P> plugins,
            Optional<String> asked,
            Function<P, Availability> probe,
            ToIntFunction<P> preference) {
        if (asked.isPresent()) {
            P plugin = plugins.get(asked.get());
            if (probe.apply(plugin) instanceof Availability.Unavailable(List<String> reasons)) {
                throw new BackendUnavailableException(plugins.kind().word() + " '" + asked.get() + "' cannot run here: "
                        + String.join("; ", reasons));
            }
            return plugin;
        }
        return plugins.all().stream()
                .map(Discovered::plugin)
                .sorted(Comparator.comparingInt(preference).reversed())
                .filter(plugin -> probe.apply(plugin) instanceof Availability.Available)
                .findFirst()
                .orElseThrow(() -> new BackendUnavailableException(
                        "no " + plugins.kind().word() + " can run here; 'rankgrid plugins' lists the reasons"));
    }
}
