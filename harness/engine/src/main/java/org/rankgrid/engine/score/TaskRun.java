package org.rankgrid.engine.score;

import java.util.List;
import java.util.OptionalInt;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Task;

/**
 * A task as somebody wants it run.
 *
 * @param name what its scores are called: the task's id, or the file it was read from where another task has the id
 * @param label the task and its options in one text, to tell it from another run of the same task
 * @param task the task
 * @param options its options
 * @param limit only the first so many windows, documents or items
 */
public record TaskRun(String name, String label, Task task, Options options, OptionalInt limit) {

    /** A run whose scores are called by the task's id. */
    public TaskRun(String label, Task task, Options options, OptionalInt limit) {
        this(task.id(), label, task, options, limit);
    }

    /** The name of this run's scores: its own, or the label where several of the runs have it. */
    public String nameAmong(List<TaskRun> runs) {
        long same = runs.stream().filter(run -> run.name().equals(name)).count();
        return same > 1 ? label : name;
    }
}
