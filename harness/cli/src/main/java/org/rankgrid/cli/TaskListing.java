package org.rankgrid.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.rankgrid.engine.plugin.Discovered;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import org.rankgrid.spi.task.Task;

/**
 * The tasks as a person can take them in: one line each with its options, the parts of a group in the group's line. A part's
 * id begins with that of its group, as those of lm-evaluation-harness do: {@code mmlu_marketing}.
 */
final class TaskListing {

    private static final String PART = "_";

    /** Fewer parts are listed like any other task. */
    private static final int FEWEST_PARTS = 3;

    private TaskListing() {}

    /**
     * The table of some tasks; what an option means stands below it.
     *
     * @param problems what else is to be said below it
     */
    static Table of(PluginSet<Task> tasks, List<String> problems) {
        SequencedMap<String, OptionSpec> options = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        for (Discovered<Task> task : tasks.all()) {
            if (group(task.id(), tasks.ids()).isPresent()) {
                continue;
            }
            List<String> parts = parts(task.id(), tasks.ids());
            task.plugin().options().forEach(option -> options.putIfAbsent(option.name(), option));
            rows.add(List.of(
                    task.id(),
                    task.plugin().options().stream().map(TaskListing::setting).collect(Collectors.joining(" ")),
                    task.plugin().summary() + (parts.size() < FEWEST_PARTS ? "" : folded(parts)),
                    task.origin().place()));
        }
        List<String> notes = new ArrayList<>();
        options.values()
                .forEach(option -> notes.add(
                        option.name() + ": " + OptionTypes.expectation(option.type()) + ". " + option.help()));
        notes.add("a task file of your own is named by its path: ./mine.yaml");
        notes.addAll(problems);
        return new Table(
                "tasks",
                List.of(
                        new Column("id", false),
                        new Column("options", false),
                        new Column("what", false),
                        new Column("from", false)),
                rows,
                notes);
    }

    /** The outermost task that an id is a part of. */
    private static Optional<String> group(String id, Collection<String> ids) {
        return ids.stream()
                .filter(other ->
                        id.startsWith(other + PART) && parts(other, ids).size() >= FEWEST_PARTS)
                .findFirst();
    }

    private static List<String> parts(String group, Collection<String> ids) {
        return ids.stream().filter(id -> id.startsWith(group + PART)).toList();
    }

    private static String folded(List<String> parts) {
        return " [with " + parts.size() + " parts, each a task too: " + parts.getFirst() + " to " + parts.getLast()
                + "; --json lists them]";
    }

    private static String setting(OptionSpec option) {
        return option.defaultValue()
                .map(value -> option.name() + "=" + OptionTypes.text(value))
                .orElse(option.name() + "=...");
    }
}
