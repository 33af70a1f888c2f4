package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.rankgrid.data.yaml.ScalarType;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.data.yaml.YamlSequence;
import org.rankgrid.spi.InputException;
import org.rankgrid.tasks.file.TaskKeys;
import org.rankgrid.tasks.file.TaskLocation;
import org.rankgrid.tasks.template.Template;

/**
 * Reads the file of a task with {@code output_type: multiple_choice} or {@code loglikelihood} in the dialect of
 * lm-evaluation-harness. {@code tag} is for groups; {@code task_alias}, {@code should_decontaminate} and
 * {@code doc_to_decontamination_query} are accepted and mean nothing here. Under {@code metadata}, {@code summary} is the
 * sentence of a listing and {@code unverified} marks a task that was not compared with that harness's scores. A key that is
 * not known is an error, with its line.
 */
final class ChoiceFile {

    private static final List<String> KEYS = List.of(
            "task",
            "task_alias",
            "tag",
            "dataset_path",
            "dataset_name",
            "dataset_kwargs",
            "training_split",
            "validation_split",
            "test_split",
            "fewshot_split",
            "output_type",
            "process_docs",
            "doc_to_text",
            "doc_to_choice",
            "doc_to_target",
            "description",
            "target_delimiter",
            "fewshot_delimiter",
            "num_fewshot",
            "fewshot_config",
            "metric_list",
            "repeats",
            "should_decontaminate",
            "doc_to_decontamination_query",
            "metadata",
            "include");

    private static final String CHOICES = "multiple_choice";
    private static final String CONTINUATION = "loglikelihood";
    private static final String PERPLEXITY = "perplexity";
    private static final List<String> OUTPUT_TYPES = List.of(CHOICES, CONTINUATION, PERPLEXITY);
    private static final String FIRST = "first_n";

    private final TaskLocation location;
    private final TaskKeys keys;

    private ChoiceFile(TaskLocation location, YamlMapping mapping) {
        this.location = location;
        this.keys = TaskKeys.of(mapping, "a task file", KEYS);
    }

    /**
     * Reads a task.
     *
     * @param location where the file stands
     * @param mapping its keys and those it includes
     * @throws InputException with file, line and column if it is not such a task
     */
    static ChoiceDefinition read(TaskLocation location, YamlMapping mapping) {
        // A task of another kind has other keys, so its kind is looked at first.
        TaskKeys.open(mapping, "a task file", List.of()).choice("output_type", OUTPUT_TYPES);
        return new ChoiceFile(location, mapping).definition();
    }

    private ChoiceDefinition definition() {
        String type = keys.choice("output_type", OUTPUT_TYPES);
        boolean choices = type.equals(CHOICES);
        if (type.equals(PERPLEXITY)) {
            throw keys.node("output_type")
                    .problem("a perplexity task includes nothing and is in no group")
                    .exception();
        }
        if (!choices && keys.has("doc_to_choice")) {
            throw keys.node("doc_to_choice")
                    .problem("'doc_to_choice' goes with output_type " + CHOICES + ", not with " + CONTINUATION)
                    .exception();
        }
        keys.whole("repeats", 1, 1, 1);
        keys.flag("should_decontaminate", false);
        TaskKeys metadata = keys.mapping("metadata")
                .map(mapping -> TaskKeys.open(mapping, "metadata", List.of("version", "summary", "unverified")))
                .orElseGet(TaskKeys::none);
        String id = keys.text("task");
        return new ChoiceDefinition(
                location.name(),
                id,
                metadata.optionalText("summary").orElse("The task of " + location.name() + "."),
                data(),
                process(),
                prompt(choices),
                shots(),
                metrics(choices ? Metric.OF_CHOICES : Metric.OF_CONTINUATION, choices),
                metadata.written("version").orElse("0"),
                metadata.flag("unverified", false));
    }

    private ChoiceDefinition.Data data() {
        String path = keys.text("dataset_path");
        Optional<String> test = keys.optionalText("test_split");
        Optional<String> split = test.or(() -> keys.optionalText("validation_split"));
        return new ChoiceDefinition.Data(
                path.startsWith("./") || path.startsWith("../") ? location.dataPath(path) : path,
                keys.optionalText("dataset_name"),
                dataFiles(),
                split.orElseThrow(() -> keys.node("dataset_path")
                        .problem("the task has neither 'test_split' nor 'validation_split', one is needed")
                        .exception()),
                test);
    }

    /** A single file is the split {@code train}, as for the loader that lm-evaluation-harness uses. */
    private SequencedMap<String, String> dataFiles() {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        Optional<TaskKeys> arguments = keys.mapping("dataset_kwargs")
                .map(mapping -> TaskKeys.of(mapping, "dataset_kwargs", List.of("data_files", "trust_remote_code")));
        if (arguments.isEmpty() || !arguments.get().has("data_files")) {
            return files;
        }
        switch (arguments.get().node("data_files")) {
            case YamlMapping bySplit ->
                bySplit.entries()
                        .forEach((split, entry) -> files.put(split, location.dataPath(fileName(entry.value()))));
            case YamlNode one -> files.put("train", location.dataPath(fileName(one)));
        }
        return files;
    }

    private static String fileName(YamlNode node) {
        if (node instanceof YamlScalar scalar && scalar.isText()) {
            return scalar.text();
        }
        throw node.problem("'data_files' is " + node.describe() + ", where one path, or one path by split was expected")
                .exception();
    }

    private Optional<RowFunctions.Named<RowProcess>> process() {
        return keys.find("process_docs").map(node -> {
            if (node instanceof YamlScalar scalar && scalar.type() == ScalarType.TAGGED) {
                return RowFunctions.process(scalar, keys.text("dataset_path"));
            }
            throw node.problem("'process_docs' is " + node.describe() + ", where !function NAME was expected")
                    .exception();
        });
    }

    private Prompt prompt(boolean choices) {
        return new Prompt(
                expression("doc_to_text"),
                choices ? Optional.of(choiceExpression()) : Optional.empty(),
                expression("doc_to_target"),
                keys.anyText("description", "").isEmpty()
                        ? Optional.empty()
                        : Optional.of(template(keys.scalar("description"))),
                keys.anyText("target_delimiter", " "),
                keys.anyText("fewshot_delimiter", "\n\n"));
    }

    /** A template, a field's name, a whole number or a function. */
    private Expression expression(String key) {
        YamlScalar scalar = keys.scalar(key);
        return switch (scalar.type()) {
            case TEXT -> template(scalar);
            case TAGGED -> function(scalar);
            case WHOLE -> {
                OptionalLong whole = scalar.whole();
                if (whole.isEmpty()) {
                    throw wrong(key, scalar, "a whole number of 64 bits");
                }
                yield new Expression.Constant(whole.getAsLong());
            }
            case REAL, FLAG, NULL ->
                throw wrong(key, scalar, "a template, the name of a field, a whole number or !function NAME");
        };
    }

    private Expression choiceExpression() {
        return switch (keys.node("doc_to_choice")) {
            case YamlScalar scalar when scalar.isText() -> template(scalar);
            case YamlScalar scalar when scalar.type() == ScalarType.TAGGED -> function(scalar);
            case YamlSequence list -> new Expression.Constant(choices(list.items()));
            case YamlMapping byName ->
                new Expression.Constant(choices(byName.entries().values().stream()
                        .map(YamlMapping.Entry::value)
                        .toList()));
            case YamlNode other ->
                throw wrong("doc_to_choice", other, "a template, the name of a field, a list or !function NAME");
        };
    }

    /** lm-evaluation-harness takes the items of a list as they are, never as templates. */
    private static List<String> choices(List<YamlNode> items) {
        List<String> choices = new ArrayList<>();
        for (YamlNode item : items) {
            if (!(item instanceof YamlScalar scalar) || !scalar.isText()) {
                throw item.problem("a choice is " + item.describe() + ", where a text was expected, put it in quotes")
                        .exception();
            }
            if (scalar.text().contains("{{") || scalar.text().contains("{%")) {
                throw item.problem("a choice is " + item.describe()
                                + ", but in a list choices are taken as they are: write \"{{[field, ...]}}\" instead")
                        .exception();
            }
            choices.add(scalar.text());
        }
        return choices;
    }

    private ChoiceDefinition.Shots shots() {
        Optional<String> split = keys.optionalText("fewshot_split");
        String sampler = "default";
        Optional<YamlMapping> config = keys.mapping("fewshot_config");
        if (config.isPresent()) {
            TaskKeys fewshot = TaskKeys.of(config.get(), "fewshot_config", List.of("sampler", "split"));
            sampler = fewshot.choice("sampler", List.of("default", FIRST), sampler);
            Optional<String> own = fewshot.optionalText("split");
            split = own.isPresent() ? own : split;
        }
        return new ChoiceDefinition.Shots(
                keys.whole("num_fewshot", 0, ChoiceOptions.MOST_SHOTS, 0),
                split.or(() -> keys.optionalText("training_split"))
                        .or(() -> keys.optionalText("validation_split"))
                        .or(() -> keys.optionalText("test_split")),
                sampler.equals(FIRST));
    }

    private List<Metric> metrics(List<Metric> allowed, boolean choices) {
        if (!keys.has("metric_list")) {
            return choices ? List.of(Metric.ACC, Metric.ACC_NORM) : Metric.OF_CONTINUATION;
        }
        List<String> words = allowed.stream().map(Metric::word).toList();
        SequencedSet<Metric> metrics = new LinkedHashSet<>();
        for (YamlMapping item : keys.mappings("metric_list")) {
            TaskKeys entry = TaskKeys.of(item, "metric_list", List.of("metric", "aggregation", "higher_is_better"));
            Metric metric = Metric.named(entry.choice("metric", words)).orElseThrow();
            entry.choice("aggregation", List.of(metric.isMean() ? "mean" : "perplexity"), "");
            entry.flag("higher_is_better", true);
            metrics.add(metric);
        }
        if (metrics.isEmpty()) {
            throw keys.node("metric_list")
                    .problem("'metric_list' is empty; name one of " + String.join(", ", words))
                    .exception();
        }
        return List.copyOf(metrics);
    }

    private static Expression template(YamlScalar scalar) {
        return new Expression.Text(
                scalar.text(), Template.parse(scalar.position().toString(), scalar.text()));
    }

    private Expression function(YamlScalar scalar) {
        return new Expression.Function(RowFunctions.value(scalar, keys.text("dataset_path")));
    }

    private static InputException wrong(String key, YamlNode node, String expected) {
        return node.problem("'" + key + "' is " + node.describe() + ", where " + expected + " was expected")
                .exception();
    }
}
