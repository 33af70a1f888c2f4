package org.rankgrid.engine.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.LinearAlgebraProvider;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.report.ReportWriter;
import org.rankgrid.spi.task.TableReader;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;
import org.rankgrid.spi.text.TokenizerProvider;

/**
 * Every plugin there is: those on the class path and those in plugin jars. Discovery and validation happen once and never
 * fail; what is wrong with a plugin is a {@link PluginProblem}.
 */
public final class Plugins {

    private final PluginSet<Allocator> allocators;
    private final PluginSet<Factorization> factorizations;
    private final PluginSet<BackendProvider> backends;
    private final PluginSet<LinearAlgebraProvider> decompositions;
    private final PluginSet<Task> tasks;
    private final TaskFiles taskFiles;
    private final PluginSet<TableReader> tables;
    private final PluginSet<TokenizerProvider> tokenizers;
    private final PluginSet<ReportWriter> reports;
    private final List<Path> loaded;
    private final List<PluginProblem> problems;

    private Plugins(Discovery discovery) {
        allocators = discovery.allocators();
        factorizations = discovery.plugins(PluginKind.FACTORIZATION, Factorization.class);
        backends = discovery.plugins(PluginKind.BACKEND, BackendProvider.class);
        decompositions = discovery.plugins(PluginKind.DECOMPOSITIONS, LinearAlgebraProvider.class);
        List<ServiceScan.Found<TaskProvider>> taskProviders = discovery.providers(TaskProvider.class);
        tasks = discovery.tasks(taskProviders);
        taskFiles = new TaskFiles(tasks, taskProviders);
        tables = discovery.plugins(PluginKind.TABLES, TableReader.class);
        tokenizers = discovery.plugins(PluginKind.TOKENIZER, TokenizerProvider.class);
        reports = discovery.plugins(PluginKind.REPORT, ReportWriter.class);
        loaded = discovery.loaded();
        problems = discovery.problems();
    }

    /**
     * Discovers all plugins.
     *
     * @param folders plugin folders (or jars) beside what is on the class path, as {@link #folders} gives them
     */
    public static Plugins discover(List<Path> folders) {
        return new Plugins(new Discovery(Plugins.class.getClassLoader(), folders));
    }

    /**
     * Where plugins are looked for: {@code plugins/} beside the grid if it is there, then the folders of the variable
     * {@code RANKGRID_PLUGINS}, then those named on the command line; absolute, none twice.
     *
     * @throws org.rankgrid.spi.InputException if the variable holds something that is no path
     */
    public static List<Path> folders(Optional<Path> grid, Map<String, String> environment, List<Path> named) {
        return PluginJars.folders(grid, environment, named);
    }

    /** Rank allocators. */
    public PluginSet<Allocator> allocators() {
        return allocators;
    }

    /** Factorizations. */
    public PluginSet<Factorization> factorizations() {
        return factorizations;
    }

    /** Compute backends, available or not. */
    public PluginSet<BackendProvider> backends() {
        return backends;
    }

    /** Libraries of matrix decompositions, available or not. */
    public PluginSet<LinearAlgebraProvider> decompositions() {
        return decompositions;
    }

    /** Tasks of all providers. */
    public PluginSet<Task> tasks() {
        return tasks;
    }

    /** Tasks by id or by file. */
    public TaskFiles taskFiles() {
        return taskFiles;
    }

    /** Readers of data files in other formats than JSON. */
    public PluginSet<TableReader> tables() {
        return tables;
    }

    /** Readers of tokenizer files. */
    public PluginSet<TokenizerProvider> tokenizers() {
        return tokenizers;
    }

    /** Report writers. */
    public PluginSet<ReportWriter> reports() {
        return reports;
    }

    /** Every set, in the order of a listing. */
    public List<PluginSet<? extends Plugin>> all() {
        return List.of(allocators, factorizations, backends, decompositions, tasks, tables, tokenizers, reports);
    }

    /** The jars, and folders of jars, whose code was loaded. */
    public List<Path> loaded() {
        return loaded;
    }

    /** What was found but is not used, and why. */
    public List<PluginProblem> problems() {
        return problems;
    }
}
