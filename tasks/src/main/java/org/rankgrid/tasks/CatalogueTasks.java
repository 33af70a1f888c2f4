package org.rankgrid.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;

/** The tasks that come with rankgrid: one file of the catalogue each. */
public final class CatalogueTasks implements TaskProvider {

    /** The files of the catalogue, in the order of a listing. */
    static final List<String> FILES = List.of("wikitext2.yaml", "tinystories.yaml", "concat.yaml", "documents.yaml");

    /** The catalogue; reads nothing yet. */
    public CatalogueTasks() {}

    @Override
    public List<Task> tasks() {
        return FILES.stream().map(CatalogueTasks::task).toList();
    }

    private static Task task(String file) {
        try (InputStream in = CatalogueTasks.class.getResourceAsStream("catalogue/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue has no " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new PerplexityTask(TaskFile.parse("catalogue/" + file, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
