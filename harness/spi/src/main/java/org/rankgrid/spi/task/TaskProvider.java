package org.rankgrid.spi.task;

import java.util.List;

/** A set of tasks; a catalogue of files is one provider. */
public interface TaskProvider {

    /** The tasks, in the order of a listing. */
    List<Task> tasks();
}
