package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.task.Task;
import org.rankgrid.tasks.file.TaskKeys;
import org.rankgrid.tasks.file.TaskLocation;
import org.rankgrid.tasks.file.TaskYaml;

/**
 * Reads the files of choice tasks and of groups of them. A group names its members; {@code aggregate_metric_list} says which
 * metrics it pools. {@code group_alias} is accepted and means nothing here.
 */
public final class ChoiceReader {

    private static final List<String> GROUP_KEYS =
            List.of("group", "group_alias", "task", "tag", "aggregate_metric_list", "metadata", "include");

    private static final List<String> POOLED_KEYS = List.of("metric", "aggregation", "weight_by_size", "filter_list");

    private final Function<String, Optional<TaskLocation>> catalogue;

    /**
     * A reader.
     *
     * @param catalogue where the task of a name stands that is not a file beside its group
     */
    public ChoiceReader(Function<String, Optional<TaskLocation>> catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * The task or group that a file describes.
     *
     * @throws InputException with file, line and column if it is neither
     */
    public Task read(TaskLocation location) {
        return member(location, List.of());
    }

    /**
     * The options of a task or group of this kind.
     *
     * @param shots the default number of examples; -1 for a group whose tasks have different ones
     */
    public static List<OptionSpec> options(int shots) {
        return ChoiceOptions.specs(shots);
    }

    /** A task itself; of a group also its groups and tasks: groups first, from the outside in, then the tasks. */
    public static List<Task> withMembers(Task task) {
        return task instanceof GroupTask group
                ? Stream.<Task>concat(group.groups().stream(), group.leaves().stream())
                        .toList()
                : List.of(task);
    }

    /** @param around the groups that hold it, from the outside in */
    private Member member(TaskLocation location, List<TaskLocation> around) {
        YamlMapping mapping = TaskYaml.read(location);
        return mapping.get("group").isPresent()
                ? group(location, mapping, around)
                : new ChoiceTask(ChoiceFile.read(location, mapping));
    }

    private GroupTask group(TaskLocation location, YamlMapping mapping, List<TaskLocation> around) {
        TaskKeys keys = TaskKeys.of(mapping, "the file of a group", GROUP_KEYS);
        String id = keys.text("group");
        List<TaskLocation> inside =
                Stream.concat(around.stream(), Stream.of(location)).toList();
        List<Member> members = new ArrayList<>();
        for (YamlScalar name : keys.texts("task")) {
            for (TaskLocation found : find(location, name)) {
                if (inside.contains(found)) {
                    throw name.problem("the group '" + name.text() + "' holds itself")
                            .exception();
                }
                members.add(member(found, inside));
            }
        }
        if (members.isEmpty()) {
            throw keys.node("group")
                    .problem("the group '" + id + "' names no tasks; list them under 'task'")
                    .exception();
        }
        TaskKeys metadata = keys.mapping("metadata")
                .map(it -> TaskKeys.open(it, "metadata", List.of("version", "summary")))
                .orElseGet(TaskKeys::none);
        GroupTask group = new GroupTask(
                new GroupDefinition(
                        id,
                        metadata.optionalText("summary").orElse("The tasks of " + location.name() + " together."),
                        pooled(keys),
                        metadata.written("version").orElse("0")),
                members);
        requireDistinct(group, keys);
        return group;
    }

    /** A file beside the group, a task that comes with rankgrid, or the tasks beside the group that have a tag. */
    private List<TaskLocation> find(TaskLocation group, YamlScalar name) {
        boolean file = name.text().endsWith(".yaml") || name.text().endsWith(".yml");
        TaskLocation beside = group.sibling(file ? name.text() : name.text() + ".yaml");
        if (beside.exists()) {
            return List.of(beside);
        }
        Optional<TaskLocation> known = catalogue.apply(name.text());
        if (known.isPresent()) {
            return List.of(known.get());
        }
        List<TaskLocation> tagged = group.folder().stream()
                .filter(candidate -> hasTag(candidate, name.text()))
                .toList();
        if (tagged.isEmpty()) {
            throw name.problem("there is no task '" + name.text() + "': no file " + beside.name()
                            + ", none that comes with rankgrid, and no task file beside the group with that tag")
                    .exception();
        }
        return tagged;
    }

    private static boolean hasTag(TaskLocation candidate, String tag) {
        return YamlDocument.parse(candidate.name(), candidate.text()) instanceof YamlMapping mapping
                && mapping.get("group").isEmpty()
                && TaskKeys.open(mapping, "a task file", List.of()).items("tag").stream()
                        .anyMatch(node -> node instanceof YamlScalar scalar
                                && scalar.text().equals(tag));
    }

    private static List<GroupDefinition.Pooled> pooled(TaskKeys keys) {
        List<GroupDefinition.Pooled> pooled = new ArrayList<>();
        List<String> metrics = Metric.OF_CHOICES.stream().map(Metric::word).toList();
        for (YamlMapping item : keys.mappings("aggregate_metric_list")) {
            TaskKeys entry = TaskKeys.of(item, "aggregate_metric_list", POOLED_KEYS);
            entry.choice("aggregation", List.of("mean"), "mean");
            for (YamlScalar filter : entry.texts("filter_list")) {
                if (!filter.text().equals("none")) {
                    throw filter.problem("the filter '" + filter.text() + "' is not known, only 'none' is")
                            .exception();
                }
            }
            pooled.add(new GroupDefinition.Pooled(entry.choice("metric", metrics), entry.flag("weight_by_size", true)));
        }
        return pooled;
    }

    private static void requireDistinct(GroupTask group, TaskKeys keys) {
        Set<String> ids = new HashSet<>();
        for (Task task : withMembers(group)) {
            if (!ids.add(task.id())) {
                throw keys.node("task")
                        .problem("the group '" + group.id() + "' holds '" + task.id() + "' twice, remove one")
                        .exception();
            }
        }
    }
}
