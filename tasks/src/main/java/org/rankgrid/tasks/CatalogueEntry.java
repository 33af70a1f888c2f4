package org.rankgrid.tasks;

import java.util.List;
import java.util.stream.Collectors;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.task.Task;
import org.rankgrid.tasks.choice.ChoiceReader;
import org.rankgrid.tasks.perplexity.PerplexityFile;

/**
 * What a listing says of a task of the catalogue: a line of its index.
 *
 * @param file the file that describes it, within the catalogue
 * @param id the task's id
 * @param version the task's version
 * @param options what tells its options from those of its kind: {@code num_fewshot=5}, {@code corpus window=2048}
 * @param summary one sentence
 */
record CatalogueEntry(String file, String id, String version, String options, String summary) {

    private static final String TAB = "\t";

    /** The entry of a task that has been read from its file. */
    static CatalogueEntry of(String file, Task task) {
        return new CatalogueEntry(
                file,
                task.id(),
                task.version(),
                task.options().stream()
                        .filter(option -> !option.name().equals("bos"))
                        .map(option -> option.name()
                                + option.defaultValue()
                                        .map(value -> "=" + value)
                                        .orElse(""))
                        .collect(Collectors.joining(" ")),
                task.summary());
    }

    /** Reads a line. */
    static CatalogueEntry parse(String line) {
        String[] parts = line.split(TAB, -1);
        if (parts.length != 5) {
            throw new IllegalStateException(
                    "the index of the catalogue has a line of " + parts.length + " columns, not 5: '" + line + "'");
        }
        return new CatalogueEntry(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    /** The line. */
    String line() {
        return String.join(TAB, file, id, version, options, summary);
    }

    /** The options, declared. */
    List<OptionSpec> declaredOptions() {
        String size = options.substring(options.lastIndexOf(' ') + 1);
        String name = size.substring(0, size.indexOf('='));
        int value = Integer.parseInt(size.substring(name.length() + 1));
        return name.equals("num_fewshot")
                ? ChoiceReader.options(value)
                : PerplexityFile.options(options.startsWith("corpus "), name.equals("max-length"), value);
    }
}
