package org.rankgrid.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Task;
import tools.jackson.databind.JsonNode;

/**
 * One task as lm-evaluation-harness scored its first items.
 *
 * @param name the file's name without its ending
 * @param shots examples before each question
 * @param items in file order
 * @param summary mean and standard error of each metric
 */
record GoldenTask(String name, int shots, List<GoldenItem> items, JsonNode summary) {

    /** Sets that do not come with rankgrid: their items are held against the reference where RANKGRID_DATA names a folder. */
    private static final Set<String> NOT_SHIPPED =
            Set.of("piqa", "openbookqa", "social_iqa", "hellaswag-activitynet-302");

    /** Everything the reference has, by name. */
    static List<GoldenTask> all() {
        JsonNode summary = Goldens.json(Goldens.tasks().resolve("summary.json"));
        try (Stream<Path> files = Files.list(Goldens.tasks())) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .map(file -> of(file, summary))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static GoldenTask of(Path file, JsonNode summaries) {
        String name = file.getFileName().toString().replace(".jsonl", "");
        JsonNode summary = summaries.required(name);
        return new GoldenTask(
                name,
                summary.required("shots").intValue(),
                Goldens.lines(file).stream().map(GoldenItem::new).toList(),
                summary);
    }

    /** The task's id. */
    String task() {
        return name.replaceFirst("_" + shots + "shot$", "");
    }

    /** The options it was scored under. */
    Options options(Task task) {
        return Options.of(task.options(), Map.of("num_fewshot", (long) shots));
    }

    /** The task with its data; the test is skipped where the data are not here and do not come with rankgrid. */
    Questions questions(Task task, DataLibrary library) {
        try {
            Questions questions = task.questions(library, options(task));
            if (questions.requests().isEmpty()) {
                throw new AssertionError(name + " asks nothing");
            }
            return questions;
        } catch (InputException missing) {
            if (NOT_SHIPPED.contains(task())) {
                throw new TestAbortedException(missing.getMessage(), missing);
            }
            throw missing;
        }
    }
}
