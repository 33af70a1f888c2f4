package org.rankgrid.tasks;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Task;

/** A task of the catalogue, whose file is read when it is first asked. */
final class CatalogueTask implements Task {

    private final CatalogueEntry entry;
    private final Supplier<Task> file;
    private @Nullable Task read;

    /**
     * A task.
     *
     * @param file reads it
     */
    CatalogueTask(CatalogueEntry entry, Supplier<Task> file) {
        this.entry = entry;
        this.file = file;
    }

    @Override
    public String id() {
        return entry.id();
    }

    @Override
    public String summary() {
        return entry.summary();
    }

    @Override
    public String version() {
        return entry.version();
    }

    @Override
    public List<OptionSpec> options() {
        return entry.declaredOptions();
    }

    @Override
    public Questions questions(DataLibrary library, Options options) {
        return read().questions(library, options);
    }

    private synchronized Task read() {
        Task task = read;
        if (task == null) {
            task = file.get();
            read = task;
        }
        return task;
    }
}
