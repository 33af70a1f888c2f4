package org.rankgrid.engine.grid;

import java.util.OptionalInt;
import org.rankgrid.spi.task.Task;

/**
 * A task to score every cell on.
 *
 * @param choice the task and its options
 * @param limit how many windows, documents or items are scored; empty for all
 */
public record TaskChoice(PluginChoice<Task> choice, OptionalInt limit) {

    /** The task. */
    public Task task() {
        return choice.plugin();
    }

    /** The same task with another limit. */
    public TaskChoice withLimit(int items) {
        return new TaskChoice(choice, OptionalInt.of(items));
    }
}
