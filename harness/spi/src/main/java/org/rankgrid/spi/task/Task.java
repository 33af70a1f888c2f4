package org.rankgrid.spi.task;

import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.option.Options;

/** Something a model is scored on. A task emits strings and judges answers; it never sees a token or a tensor. */
public interface Task extends Plugin {

    /**
     * The task with its data.
     *
     * @throws org.rankgrid.spi.InputException if its data are missing or damaged, with file and line
     */
    Questions questions(DataLibrary library, Options options);
}
