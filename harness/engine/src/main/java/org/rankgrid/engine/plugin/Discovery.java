package org.rankgrid.engine.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.engine.plugin.ServiceScan.Found;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;

/** One look at the class path and the plugin jars: asks every place for every kind and gathers what is wrong. */
final class Discovery {

    private final List<PluginProblem> problems = new ArrayList<>();
    private final List<ServiceScan> places = new ArrayList<>();
    private final Set<ServiceScan> silent = new HashSet<>();
    private final List<Path> loaded;

    /**
     * Opens the places.
     *
     * @param host the loader of the class path
     * @param folders plugin folders
     */
    Discovery(ClassLoader host, List<Path> folders) {
        ClassLoader shared = new SharedClasses(host);
        List<PluginJars> units = PluginJars.in(folders, problems::add);
        for (PluginJars unit : units) {
            places.add(new ServiceScan(unit.loader(shared), Optional.of(unit.place()), problems::add));
        }
        silent.addAll(places);
        places.addFirst(new ServiceScan(host, Optional.empty(), problems::add));
        loaded = units.stream().map(PluginJars::place).toList();
    }

    /** The plugins of a kind, the class path's first. */
    <P extends Plugin> PluginSet<P> plugins(PluginKind kind, Class<P> service) {
        return set(kind, checked(kind, service));
    }

    /** The allocators, without those whose default start cannot be had. */
    PluginSet<Allocator> allocators() {
        return set(
                PluginKind.ALLOCATOR,
                DefaultStarts.sound(checked(PluginKind.ALLOCATOR, Allocator.class), problems::add));
    }

    private <P extends Plugin> List<Discovered<P>> checked(PluginKind kind, Class<P> service) {
        PluginCheck check = new PluginCheck(kind, problems::add);
        List<Discovered<P>> plugins = new ArrayList<>();
        for (Found<P> found : providers(service)) {
            check.check(found.provider(), found.origin()).ifPresent(plugins::add);
        }
        return plugins;
    }

    /** The tasks of some providers. */
    PluginSet<Task> tasks(List<Found<TaskProvider>> taskProviders) {
        PluginCheck check = new PluginCheck(PluginKind.TASK, problems::add);
        List<Discovered<Task>> tasks = new ArrayList<>();
        for (Found<TaskProvider> found : taskProviders) {
            try {
                for (Task task : found.provider().tasks()) {
                    check.check(task, found.origin()).ifPresent(tasks::add);
                }
            } catch (RuntimeException | LinkageError e) {
                problems.add(new PluginProblem(found.origin() + " fails when asked for its tasks: " + Reason.of(e)));
            }
        }
        return set(PluginKind.TASK, tasks);
    }

    /** The jars and folders whose code was loaded. */
    List<Path> loaded() {
        return loaded;
    }

    /** What is wrong, after every kind has been asked for. */
    List<PluginProblem> problems() {
        List<PluginProblem> all = new ArrayList<>(problems);
        for (ServiceScan place : places) {
            if (silent.contains(place)) {
                all.add(new PluginProblem(place.name() + " holds no plugin: it declares none under META-INF/services"));
            }
        }
        return List.copyOf(all);
    }

    /** The providers of a service, the class path's first. */
    <S> List<Found<S>> providers(Class<S> service) {
        List<Found<S>> providers = new ArrayList<>();
        for (ServiceScan place : places) {
            int before = problems.size();
            List<Found<S>> found = place.providers(service);
            if (!found.isEmpty() || problems.size() > before) {
                silent.remove(place);
            }
            providers.addAll(found);
        }
        return providers;
    }

    private <P extends Plugin> PluginSet<P> set(PluginKind kind, List<Discovered<P>> plugins) {
        PluginSet<P> set = new PluginSet<>(kind, plugins);
        problems.addAll(set.ambiguities());
        return set;
    }
}
