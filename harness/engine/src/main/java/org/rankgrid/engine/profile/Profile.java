package org.rankgrid.engine.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.engine.score.TaskRun;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.task.Request.Bos;
import org.rankgrid.spi.task.Task;

/**
 * How a family of papers measures: other defaults for options that tasks declare, and the metric of each task that its
 * tables print. What a person writes on a task wins.
 *
 * @param id what a grid calls it
 * @param summary one sentence for people
 * @param window tokens of a window of perplexity; empty to leave each task its own
 * @param passageBos what stands in front of the text of a perplexity
 * @param choiceBos what stands in front of the context of a question
 * @param metrics the metric by id of task, of those tasks where it is not {@code acc}
 */
public record Profile(
        String id,
        String summary,
        OptionalLong window,
        Bos passageBos,
        Bos choiceBos,
        SequencedMap<String, String> metrics) {

    private static final String WINDOW = "window";
    private static final String BOS = "bos";

    /** Only tasks that ask questions have examples. */
    private static final String EXAMPLES = "num_fewshot";

    private static final String ACCURACY = "acc";

    /** Copies the metrics, keeping their order. */
    public Profile {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }

    /**
     * The options of a task, in its own order, with the profile's defaults. Tasks that ask questions are those that
     * have {@code num_fewshot}; an option that a task does not declare is not set.
     *
     * @param given names of the options that a person gives, which are left alone
     * @throws InputException if the task's option does not take the profile's value
     */
    public List<OptionSpec> options(Task task, Set<String> given) {
        boolean asks = task.options().stream().anyMatch(spec -> spec.name().equals(EXAMPLES));
        return task.options().stream()
                .map(spec ->
                        given.contains(spec.name()) ? spec : withDefault(task, spec, asks ? choiceBos : passageBos))
                .toList();
    }

    private OptionSpec withDefault(Task task, OptionSpec spec, Bos bos) {
        if (spec.name().equals(BOS)) {
            return changed(task, spec, word(bos));
        }
        return spec.name().equals(WINDOW) && window.isPresent() ? changed(task, spec, window.getAsLong()) : spec;
    }

    private OptionSpec changed(Task task, OptionSpec spec, Object value) {
        if (!OptionTypes.allows(spec.type(), value)) {
            throw new InputException("profile '" + id + "' sets " + spec.name() + " to " + value + ", and task '"
                    + task.id() + "' takes " + OptionTypes.expectation(spec.type()) + ": give the task's "
                    + spec.name() + " yourself, or use no profile");
        }
        return new OptionSpec(spec.name(), spec.type(), Optional.of(value), spec.help());
    }

    /** The metric that the family's tables print, by the name that the scores of a run have. */
    public SequencedMap<String, String> shownMetrics(List<TaskRun> runs) {
        SequencedMap<String, String> shown = new LinkedHashMap<>();
        runs.forEach(run ->
                shown.put(run.nameAmong(runs), metrics.getOrDefault(run.task().id(), ACCURACY)));
        return shown;
    }

    /** What it sets, for a person: {@code windows of 128 tokens, BOS tokenizer in perplexity and none in questions, ...}. */
    public String settings() {
        String windows = window.isPresent() ? "windows of " + window.getAsLong() + " tokens, " : "";
        return windows + "BOS " + word(passageBos) + " in perplexity and " + word(choiceBos) + " in questions, "
                + (metrics.isEmpty() ? ACCURACY + " of every task" : exceptions() + ", " + ACCURACY + " of the others");
    }

    private String exceptions() {
        SequencedMap<String, List<String>> tasks = new LinkedHashMap<>();
        metrics.forEach((task, metric) ->
                tasks.computeIfAbsent(metric, _ -> new ArrayList<>()).add(task));
        return tasks.entrySet().stream()
                .map(entry -> entry.getKey() + " of " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String word(Bos bos) {
        return bos.name().toLowerCase(Locale.ROOT);
    }
}
