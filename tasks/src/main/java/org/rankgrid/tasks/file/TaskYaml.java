package org.rankgrid.tasks.file;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlMapping.Entry;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.data.yaml.YamlSequence;
import org.rankgrid.spi.InputException;

/**
 * Reads task files together with what they include: {@code include} names a file or several, relative to the one it stands
 * in; of a key that stands more than once the file's own value counts, then that of the include named last.
 */
public final class TaskYaml {

    private static final String INCLUDE = "include";

    private final SequencedSet<TaskLocation> open = new LinkedHashSet<>();

    private TaskYaml() {}

    /**
     * The keys of a file and of its includes, each with the place where it was written.
     *
     * @throws InputException with file, line and column if one is not a mapping, is missing, or includes itself
     */
    public static YamlMapping read(TaskLocation location) {
        return new TaskYaml().merged(location);
    }

    private YamlMapping merged(TaskLocation location) {
        YamlNode root = YamlDocument.parse(location.name(), location.text());
        if (!(root instanceof YamlMapping own)) {
            throw root.problem("a task file is a mapping, but this is " + root.describe())
                    .exception();
        }
        open.add(location);
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        for (YamlScalar include : includes(own)) {
            TaskLocation included = location.sibling(include.text());
            if (open.contains(included)) {
                throw include.problem("'" + include.text() + "' includes itself, by way of "
                                + open.getLast().name())
                        .exception();
            }
            if (!included.exists()) {
                throw include.problem(
                                "'" + INCLUDE + "' names '" + include.text() + "', but there is no " + included.name())
                        .exception();
            }
            entries.putAll(merged(included).entries());
        }
        open.remove(location);
        entries.putAll(own.entries());
        entries.remove(INCLUDE);
        return new YamlMapping(own.position(), entries);
    }

    private static List<YamlScalar> includes(YamlMapping mapping) {
        return mapping
                .get(INCLUDE)
                .map(node -> switch (node) {
                    case YamlSequence list -> list.items();
                    default -> List.of(node);
                })
                .orElse(List.of())
                .stream()
                .map(TaskYaml::fileName)
                .toList();
    }

    private static YamlScalar fileName(YamlNode node) {
        if (node instanceof YamlScalar scalar && scalar.isText()) {
            return scalar;
        }
        throw node.problem("'" + INCLUDE + "' is " + node.describe() + ", where the name of a file was expected")
                .exception();
    }
}
