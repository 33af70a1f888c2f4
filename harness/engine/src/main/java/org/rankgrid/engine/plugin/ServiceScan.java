package org.rankgrid.engine.plugin;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Instantiates the providers that one class loader sees. A provider that is damaged becomes a problem; the others load.
 *
 * @param loader where to look
 * @param place the jar or folder it loads from; empty for the class path
 * @param problems receives what went wrong
 */
record ServiceScan(ClassLoader loader, Optional<Path> place, Consumer<PluginProblem> problems) {

    /** A provider and where it came from. */
    record Found<S>(S provider, Origin origin) {}

    /** The place as messages call it. */
    String name() {
        return place.map(Path::toString).orElse("the class path");
    }

    /** The providers of a service, in the order of their services files. */
    <S> List<Found<S>> providers(Class<S> service) {
        List<Found<S>> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<S>> declared =
                ServiceLoader.load(service, loader).stream().iterator();
        String lastProblem = "";
        while (true) {
            try {
                if (!declared.hasNext()) {
                    return found;
                }
                instantiate(declared.next()).ifPresent(found::add);
            } catch (ServiceConfigurationError | LinkageError e) {
                String problem = name() + " declares a provider of " + service.getName() + " that cannot be loaded: "
                        + Reason.ofDeclaration(e);
                // A services file that cannot be read at all fails again at every step.
                if (problem.equals(lastProblem)) {
                    return found;
                }
                lastProblem = problem;
                problems.accept(new PluginProblem(problem));
            }
        }
    }

    private <S> Optional<Found<S>> instantiate(ServiceLoader.Provider<S> declared) {
        Origin origin = origin(declared.type());
        try {
            return Optional.of(new Found<>(declared.get(), origin));
        } catch (ServiceConfigurationError | LinkageError e) {
            problems.accept(new PluginProblem(origin + " cannot be instantiated: " + Reason.of(e)));
            return Optional.empty();
        }
    }

    private Origin origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        Optional<Path> jar = place;
        if (place.isPresent() && source != null && source.getLocation() != null) {
            try {
                URI location = source.getLocation().toURI();
                jar = Optional.of(Path.of(location));
            } catch (URISyntaxException | IllegalArgumentException noFile) {
                jar = place;
            }
        }
        return new Origin(type.getName(), jar);
    }
}
