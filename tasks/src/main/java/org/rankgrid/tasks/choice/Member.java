package org.rankgrid.tasks.choice;

import java.util.List;
import org.rankgrid.spi.task.Task;

/** What a group may hold: tasks, and groups of them. */
sealed interface Member extends Task permits ChoiceTask, GroupTask {

    /** The tasks in it, in order; of a task, itself. */
    List<ChoiceTask> leaves();
}
