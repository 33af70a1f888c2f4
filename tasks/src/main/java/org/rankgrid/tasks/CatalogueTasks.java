package org.rankgrid.tasks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;
import org.rankgrid.tasks.choice.ChoiceReader;
import org.rankgrid.tasks.file.TaskLocation;
import org.rankgrid.tasks.perplexity.PerplexityFile;

/**
 * The tasks that come with rankgrid, one file of the catalogue each, and a person's own task files. What a listing says of the
 * former stands in an index, so that a start reads one file and not some ninety; a test holds the index against the files.
 */
public final class CatalogueTasks implements TaskProvider {

    /** The files of the catalogue, in the order of a listing; a group's members stand beside it and follow it. */
    static final List<String> FILES = List.of(
            "wikitext2.yaml",
            "wikitext.yaml",
            "tinystories.yaml",
            "concat.yaml",
            "documents.yaml",
            "ptb-gptq.yaml",
            "ptb-new.yaml",
            "ptb-svd-llm.yaml",
            "c4-gptq.yaml",
            "c4-new.yaml",
            "c4-svd-llm.yaml",
            "c4-bolaco.yaml",
            "piqa.yaml",
            "winogrande.yaml",
            "arc_easy.yaml",
            "arc_challenge.yaml",
            "openbookqa.yaml",
            "boolq.yaml",
            "hellaswag.yaml",
            "hellaswag-activitynet-302.yaml",
            "social_iqa.yaml",
            "mathqa.yaml",
            "sciq.yaml",
            "race.yaml",
            "lambada_openai.yaml",
            "mmlu/mmlu.yaml");

    private static final List<String> FOLDERS = List.of("", "mmlu/");

    private static final TaskLocation INDEX = new TaskLocation.InCatalogue("index.tsv");

    /** The catalogue; reads nothing yet. */
    public CatalogueTasks() {}

    @Override
    public List<Task> tasks() {
        return INDEX.text()
                .lines()
                .map(CatalogueEntry::parse)
                .<Task>map(entry -> new CatalogueTask(entry, () -> inCatalogue(entry.file())))
                .toList();
    }

    /** The index as the files of the catalogue say it must be: all of them are read. */
    static String index() {
        return FILES.stream()
                .map(CatalogueTasks::inCatalogue)
                .flatMap(task -> ChoiceReader.withMembers(task).stream())
                .map(task -> CatalogueEntry.of(fileOf(task.id()), task).line() + "\n")
                .collect(Collectors.joining());
    }

    /** Reads {@code .yaml} and {@code .yml}. */
    @Override
    public Optional<Task> read(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? Optional.of(task(new TaskLocation.OnDisk(file)))
                : Optional.empty();
    }

    /** A task of the catalogue, read from its file. */
    static Task inCatalogue(String file) {
        return task(new TaskLocation.InCatalogue(file));
    }

    private static Task task(TaskLocation location) {
        String text = location.text();
        return isPerplexity(YamlDocument.parse(location.name(), text))
                ? PerplexityFile.parse(location.name(), text)
                : new ChoiceReader(CatalogueTasks::named).read(location);
    }

    private static boolean isPerplexity(YamlNode root) {
        return root instanceof YamlMapping mapping
                && mapping.get("output_type").orElse(null) instanceof YamlScalar type
                && type.text().equals(PerplexityFile.OUTPUT_TYPE);
    }

    private static Optional<TaskLocation> named(String id) {
        return place(id).map(file -> file);
    }

    private static Optional<TaskLocation.InCatalogue> place(String id) {
        return FOLDERS.stream()
                .map(folder -> new TaskLocation.InCatalogue(folder + id + ".yaml"))
                .filter(TaskLocation::exists)
                .findFirst();
    }

    private static String fileOf(String id) {
        return place(id).map(TaskLocation.InCatalogue::file).orElseThrow();
    }
}
