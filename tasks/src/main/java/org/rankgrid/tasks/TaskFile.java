package org.rankgrid.tasks;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.task.Request;

/**
 * Reads a task file: YAML in the dialect of lm-evaluation-harness, of which {@code output_type: perplexity} is ours. A key
 * that is not known is an error, with its line.
 */
final class TaskFile {

    private static final List<String> KEYS =
            List.of("task", "output_type", "dataset_path", "protocol", "window", "metadata", "description");

    private static final List<String> METADATA_KEYS = List.of("version");

    private final YamlMapping mapping;

    private TaskFile(YamlMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Reads a perplexity task.
     *
     * @param name the file, for messages
     * @throws InputException with file, line and column if the text is not such a task
     */
    static PerplexityDefinition parse(String name, String text) {
        TaskFile file = new TaskFile(asMapping(YamlDocument.parse(name, text), "a task file", KEYS));
        file.choice("output_type", List.of("perplexity"));
        TaskFile metadata = new TaskFile(asMapping(file.node("metadata"), "metadata", METADATA_KEYS));
        return new PerplexityDefinition(
                file.text("task"),
                file.text("description"),
                file.mapping.get("dataset_path").isPresent()
                        ? Optional.of(file.text("dataset_path"))
                        : Optional.empty(),
                file.protocol(),
                file.window(),
                metadata.scalar("version").text());
    }

    private Request.Cut protocol() {
        return switch (choice("protocol", List.of("concat", "documents"))) {
            case "concat" -> Request.Cut.CONCAT;
            default -> Request.Cut.DOCUMENT;
        };
    }

    private int window() {
        YamlScalar scalar = scalar("window");
        OptionalLong window = scalar.whole();
        if (window.isEmpty()
                || window.getAsLong() < PerplexityDefinition.SMALLEST_WINDOW
                || window.getAsLong() > PerplexityDefinition.LARGEST_WINDOW) {
            throw scalar.problem("'window' is " + scalar.describe() + ", where a whole number from "
                            + PerplexityDefinition.SMALLEST_WINDOW + " to " + PerplexityDefinition.LARGEST_WINDOW
                            + " was expected")
                    .exception();
        }
        return (int) window.getAsLong();
    }

    private String choice(String key, List<String> words) {
        YamlScalar scalar = scalar(key);
        if (!words.contains(scalar.text())) {
            throw scalar.problem("'" + key + "' is " + scalar.describe() + ", where "
                            + String.join(" or ", words) + " was expected"
                            + NearestNames.hint(scalar.text(), words))
                    .exception();
        }
        return scalar.text();
    }

    private String text(String key) {
        YamlScalar scalar = scalar(key);
        if (!scalar.isText() || scalar.text().isBlank()) {
            throw scalar.problem("'" + key + "' is " + scalar.describe() + ", where a text was expected")
                    .exception();
        }
        return scalar.text();
    }

    private YamlScalar scalar(String key) {
        YamlNode node = node(key);
        if (node instanceof YamlScalar scalar) {
            return scalar;
        }
        throw node.problem("'" + key + "' is " + node.describe() + ", where a single value was expected")
                .exception();
    }

    private YamlNode node(String key) {
        return mapping.get(key)
                .orElseThrow(() ->
                        mapping.problem("the key '" + key + "' is missing").exception());
    }

    private static YamlMapping asMapping(YamlNode node, String what, List<String> keys) {
        if (!(node instanceof YamlMapping mapping)) {
            throw node.problem(what + " is a mapping, but this is " + node.describe())
                    .exception();
        }
        for (YamlMapping.Entry entry : mapping.entries().values()) {
            String key = entry.key().text();
            if (!keys.contains(key)) {
                throw entry.key()
                        .problem("'" + key + "' is not a key of " + what + NearestNames.hint(key, keys) + ": known are "
                                + String.join(", ", keys))
                        .exception();
            }
        }
        return mapping;
    }
}
