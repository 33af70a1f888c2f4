package org.rankgrid.engine.grid;

import java.util.OptionalInt;
import org.rankgrid.engine.plugin.TaskFiles;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Task;

/**
 * A task to score every cell on.
 *
 * @param named the task, discovered or of a person's own file
 * @param choice the task and its options
 * @param limit how many windows, documents or items are scored; empty for all
 */
public record TaskChoice(TaskFiles.Named named, PluginChoice<Task> choice, OptionalInt limit) {

    /** A task with its options. */
    public TaskChoice(TaskFiles.Named named, Options options, OptionalInt limit) {
        this(named, new PluginChoice<>(named.task(), options), limit);
    }

    /** The task. */
    public Task task() {
        return choice.plugin();
    }

    /** The same task with another limit. */
    public TaskChoice withLimit(int items) {
        return new TaskChoice(named, choice, OptionalInt.of(items));
    }

    /** The task, by id or by file, and its options in one text. */
    public String label() {
        return choice.label(named.file().orElse(named.task().id()));
    }

    /** The task as the engine scores it. */
    public TaskRun run() {
        return new TaskRun(named.name(), label(), task(), choice.options(), limit);
    }
}
