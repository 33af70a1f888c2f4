package org.rankgrid.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.rankgrid.engine.plugin.OptionValues;
import org.rankgrid.engine.plugin.TaskFiles;
import org.rankgrid.engine.profile.Profile;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;

/** Tasks as a command line names them: {@code ID[:key=value...]}, or {@code FILE.yaml[:key=value...]}. */
final class TaskTexts {

    private TaskTexts() {}

    /**
     * The tasks meant.
     *
     * @param profile what changes the defaults of their options
     * @param known tasks by id or by file
     * @param folder what paths are relative to
     * @throws InputException if a task or option is not known, or a value is not of its type
     */
    static List<TaskRun> parse(
            List<String> texts, Optional<Profile> profile, OptionalInt limit, TaskFiles known, Path folder) {
        List<TaskRun> runs = new ArrayList<>();
        for (String text : texts) {
            String[] parts = text.split(":", -1);
            TaskFiles.Named named = known.get(parts[0], folder);
            Map<String, String> given = given(text, parts);
            List<OptionSpec> specs = profile.isPresent()
                    ? profile.get().options(named.task(), given.keySet())
                    : named.task().options();
            String owner = "task '" + named.task().id() + "'";
            runs.add(new TaskRun(
                    named.name(),
                    text,
                    named.task(),
                    OptionValues.ofTexts("--task " + text, owner, specs, given, folder),
                    limit));
        }
        return runs;
    }

    private static Map<String, String> given(String text, String[] parts) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new InputException(
                        "--task " + text + ": '" + parts[i] + "' is not of the form key=value, such as window=512");
            }
            options.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return options;
    }
}
