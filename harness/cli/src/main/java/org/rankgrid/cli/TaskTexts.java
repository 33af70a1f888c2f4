package org.rankgrid.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.rankgrid.engine.plugin.OptionValues;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.Task;

/** Tasks as a command line names them: {@code ID[:key=value...]}. */
final class TaskTexts {

    private TaskTexts() {}

    /**
     * The tasks meant.
     *
     * @param folder what paths in options are relative to
     * @throws InputException if a task or option is not known, or a value is not of its type
     */
    static List<TaskRun> parse(List<String> texts, OptionalInt limit, Plugins plugins, Path folder) {
        List<TaskRun> runs = new ArrayList<>();
        for (String text : texts) {
            String[] parts = text.split(":", -1);
            Task task = plugins.tasks().get(parts[0]);
            Map<String, String> options = new LinkedHashMap<>();
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals < 1) {
                    throw new InputException(
                            "--task " + text + ": '" + parts[i] + "' is not of the form key=value, such as window=512");
                }
                options.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
            }
            runs.add(new TaskRun(
                    text,
                    task,
                    OptionValues.ofTexts("--task " + text, "task '" + task.id() + "'", task.options(), options, folder),
                    limit));
        }
        return runs;
    }
}
