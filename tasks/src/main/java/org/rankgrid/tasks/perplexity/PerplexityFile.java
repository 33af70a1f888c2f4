package org.rankgrid.tasks.perplexity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.Task;
import org.rankgrid.tasks.perplexity.PerplexityDefinition.Protocol;

/**
 * Reads the file of a perplexity task: YAML in the manner of lm-evaluation-harness's task files, with {@code output_type:
 * perplexity}, which is ours. {@code dataset_path} is a corpus, or, where a {@code field} is named, a data set. A key that is
 * not known is an error, with its line.
 */
public final class PerplexityFile {

    /** The {@code output_type} of these files. */
    public static final String OUTPUT_TYPE = "perplexity";

    private static final List<String> KEYS = List.of(
            "task",
            "output_type",
            "dataset_path",
            "dataset_name",
            "test_split",
            "validation_split",
            "field",
            "first",
            "separator",
            "protocol",
            "window",
            "windows",
            "metadata",
            "description");

    private static final List<String> METADATA_KEYS = List.of("version", "unverified");

    private final YamlMapping mapping;

    private PerplexityFile(YamlMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Reads a task.
     *
     * @param name the file, for messages
     * @param text what stands in it
     * @throws InputException with file, line and column if the text is not such a task
     */
    public static Task parse(String name, String text) {
        PerplexityDefinition definition = definition(name, text);
        return definition.protocol() == Protocol.WIKITEXT_PAGES
                ? new RollingTask(definition)
                : new PerplexityTask(definition);
    }

    /**
     * The options of a task of this kind.
     *
     * @param anyCorpus whether the corpus is an option
     * @param pages whether it follows the protocol {@code wikitext-pages}
     * @param window tokens of a window by default
     */
    public static List<OptionSpec> options(boolean anyCorpus, boolean pages, int window) {
        return PerplexityOptions.of(anyCorpus, pages, window);
    }

    static PerplexityDefinition definition(String name, String text) {
        PerplexityFile file = new PerplexityFile(asMapping(YamlDocument.parse(name, text), "a task file", KEYS));
        file.choice("output_type", List.of(OUTPUT_TYPE));
        PerplexityFile metadata = new PerplexityFile(asMapping(file.node("metadata"), "metadata", METADATA_KEYS));
        Protocol protocol = file.protocol();
        return new PerplexityDefinition(
                file.text("task"),
                file.text("description"),
                file.source(),
                protocol,
                protocol == Protocol.WIKITEXT_PAGES && !file.has("window")
                        ? 0
                        : file.whole("window", PerplexityDefinition.SMALLEST_WINDOW),
                protocol == Protocol.EXCERPTS || file.has("windows")
                        ? OptionalInt.of(file.whole("windows", 1))
                        : OptionalInt.empty(),
                metadata.scalar("version").text(),
                !metadata.flag("unverified"));
    }

    private Protocol protocol() {
        String word = choice(
                "protocol", Arrays.stream(Protocol.values()).map(Protocol::word).toList());
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private Optional<TextSource> source() {
        if (!has("dataset_path")) {
            return Optional.empty();
        }
        if (!has("field")) {
            return Optional.of(new TextSource.Corpus(text("dataset_path")));
        }
        String split = has("test_split") ? text("test_split") : text("validation_split");
        return Optional.of(new TextSource.Rows(
                new DataSource(
                        text("dataset_path"),
                        has("dataset_name") ? Optional.of(text("dataset_name")) : Optional.empty(),
                        split,
                        new LinkedHashMap<>()),
                text("field"),
                has("first") ? Optional.of(whole("first", 1)) : Optional.empty(),
                scalar("separator").text()));
    }

    private int whole(String key, int least) {
        YamlScalar scalar = scalar(key);
        OptionalLong whole = scalar.whole();
        if (whole.isEmpty() || whole.getAsLong() < least || whole.getAsLong() > PerplexityDefinition.LARGEST_WINDOW) {
            throw scalar.problem("'" + key + "' is " + scalar.describe() + ", where a whole number from " + least
                            + " to " + PerplexityDefinition.LARGEST_WINDOW + " was expected")
                    .exception();
        }
        return (int) whole.getAsLong();
    }

    private boolean flag(String key) {
        if (!has(key)) {
            return false;
        }
        YamlScalar scalar = scalar(key);
        return scalar.flag()
                .orElseThrow(() -> scalar.problem(
                                "'" + key + "' is " + scalar.describe() + ", where true or false was expected")
                        .exception());
    }

    private String choice(String key, List<String> words) {
        YamlScalar scalar = scalar(key);
        if (!words.contains(scalar.text())) {
            throw scalar.problem("'" + key + "' is " + scalar.describe() + ", where " + String.join(" or ", words)
                            + " was expected" + NearestNames.hint(scalar.text(), words))
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

    private boolean has(String key) {
        return mapping.get(key).isPresent();
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
