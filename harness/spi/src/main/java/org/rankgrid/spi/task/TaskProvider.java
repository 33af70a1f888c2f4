package org.rankgrid.spi.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A set of tasks; a catalogue of files is one provider. */
public interface TaskProvider {

    /** The tasks, in the order of a listing. */
    List<Task> tasks();

    /**
     * The task that a file of a person's own describes.
     *
     * @param file exists
     * @return empty if this provider does not read such files
     * @throws org.rankgrid.spi.InputException if it does, but the file is not a task, with file and line
     */
    default Optional<Task> read(Path file) {
        return Optional.empty();
    }
}
