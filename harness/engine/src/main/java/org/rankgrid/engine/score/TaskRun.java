package org.rankgrid.engine.score;

import java.util.List;
import java.util.OptionalInt;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Task;

/**
 * A task as somebody wants it run.
 *
 * @param label the task and its options in one text, to tell it from another run of the same task
 * @param task the task
 * @param options its options
 * @param limit only the first so many windows, documents or items
 */
public record TaskRun(String label, Task task, Options options, OptionalInt limit) {

    /** The name of this run's scores: the task's id, or the label where several of the runs are of one task. */
    String nameAmong(List<TaskRun> runs) {
        long same =
                runs.stream().filter(run -> run.task().id().equals(task.id())).count();
        return same > 1 ? label : task.id();
    }
}
