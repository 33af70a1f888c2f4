package org.rankgrid.engine.plugin;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rankgrid.engine.plugin.ServiceScan.Found;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;

/**
 * Tasks by name: the id of a task that was discovered, or a file of a person's own, which one of the providers reads. An id
 * is looked up first, so that a file never hides a task.
 */
public final class TaskFiles {

    private static final Pattern YAML = Pattern.compile(".*\\.ya?ml", Pattern.CASE_INSENSITIVE);

    private final PluginSet<Task> tasks;
    private final List<Found<TaskProvider>> providers;

    TaskFiles(PluginSet<Task> tasks, List<Found<TaskProvider>> providers) {
        this.tasks = tasks;
        this.providers = List.copyOf(providers);
    }

    /**
     * A task under the name of its scores.
     *
     * @param name its id; of a file whose id a discovered task has, the file
     * @param task the task
     * @param file the file as the person wrote it, without detours; empty for a task that was discovered
     */
    public record Named(String name, Task task, Optional<String> file) {}

    /**
     * The task that a person means.
     *
     * @param text an id, or the path of a task file
     * @param folder what paths are relative to
     * @throws InputException if there is no such task and no such file, or the file is no task
     */
    public Named get(String text, Path folder) {
        Optional<Task> known = tasks.find(text);
        if (known.isPresent()) {
            return new Named(text, known.get(), Optional.empty());
        }
        Optional<Path> path = path(text, folder);
        if (path.isPresent() && Files.isRegularFile(path.get())) {
            Task task = read(text, path.get());
            boolean taken = tasks.find(task.id()).isPresent();
            String file = Path.of(text).normalize().toString();
            return new Named(taken ? file : task.id(), task, Optional.of(file));
        }
        if (!meansFile(text)) {
            throw new InputException(tasks.missing(text));
        }
        String place = path.map(Path::normalize).map(Path::toString).orElse(text);
        throw new InputException("there is no task file " + place
                + (path.isPresent() && Files.isDirectory(path.get()) ? ", it is a folder" : "")
                + NearestNames.hint(stem(text), tasks.ids()));
    }

    private static Optional<Path> path(String text, Path folder) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(folder.resolve(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static boolean meansFile(String text) {
        return YAML.matcher(text).matches() || text.contains("/");
    }

    private static String stem(String text) {
        return text.substring(text.lastIndexOf('/') + 1).replaceFirst("(?i)\\.ya?ml$", "");
    }

    private Task read(String text, Path file) {
        for (Found<TaskProvider> provider : providers) {
            Optional<Task> task;
            try {
                task = provider.provider().read(file);
            } catch (InputException ofFile) {
                throw ofFile;
            } catch (RuntimeException | LinkageError e) {
                throw new InputException(
                        "task file " + text + ": " + provider.origin() + " fails when it reads it: " + Reason.of(e), e);
            }
            if (task.isPresent()) {
                return checked(text, task.get());
            }
        }
        throw new InputException(
                "task file " + text + ": it is no file that a task can be read from, expected a .yaml file"
                        + " in the dialect of lm-evaluation-harness");
    }

    private static Task checked(String text, Task task) {
        List<String> faults = new PluginCheck(PluginKind.TASK, _ -> {}).faults(task);
        if (!faults.isEmpty()) {
            throw new InputException("task file " + text + ": " + faults.getFirst());
        }
        return task;
    }
}
