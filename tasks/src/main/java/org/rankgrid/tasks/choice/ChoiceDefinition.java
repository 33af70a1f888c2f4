package org.rankgrid.tasks.choice;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.task.DataSource;

/**
 * A task of choices or of one continuation, as its file describes it.
 *
 * @param file the file, for messages
 * @param id the task's id
 * @param summary one sentence for a listing
 * @param data where its rows are
 * @param process what is done to each row first
 * @param prompt what is asked of a row
 * @param shots how examples are put before it
 * @param metrics what is measured, in order
 * @param version changes whenever the task's scores may change
 * @param unverified whether no scores of the reference were there to compare with
 */
record ChoiceDefinition(
        String file,
        String id,
        String summary,
        Data data,
        Optional<RowFunctions.Named<RowProcess>> process,
        Prompt prompt,
        Shots shots,
        List<Metric> metrics,
        String version,
        boolean unverified) {

    ChoiceDefinition {
        metrics = List.copyOf(metrics);
    }

    /**
     * Where rows are.
     *
     * @param path {@code dataset_path}
     * @param name {@code dataset_name}
     * @param files {@code data_files} by split
     * @param split the split that is asked
     * @param testSplit {@code test_split}, which decides whether examples may be the question itself
     */
    record Data(
            String path,
            Optional<String> name,
            SequencedMap<String, String> files,
            String split,
            Optional<String> testSplit) {

        DataSource source(String of) {
            return new DataSource(path, name, of, files);
        }

        /** {@code allenai/ai2_arc ARC-Easy test}. */
        String words() {
            return path + name.map(word -> " " + word).orElse("") + " " + split;
        }
    }

    /**
     * Examples before the question.
     *
     * @param byDefault how many, where nobody says otherwise
     * @param split where they come from
     * @param first whether they are the first of that split; otherwise they would be drawn at random
     */
    record Shots(int byDefault, Optional<String> split, boolean first) {}

    /** Whether there are choices; otherwise there is one continuation, the target. */
    boolean hasChoices() {
        return prompt.choices().isPresent();
    }

    /** A hash of everything but the rows and the options that decides requests and scores. */
    String fingerprint() {
        return Sha256.of(String.join(
                "\0",
                id,
                version,
                data.path(),
                data.name().orElse(""),
                data.split(),
                data.testSplit().orElse(""),
                process.map(RowFunctions.Named::name).orElse(""),
                prompt.text().source(),
                prompt.choices().map(Expression::source).orElse(""),
                prompt.target().source(),
                prompt.description().map(Expression::source).orElse(""),
                prompt.targetDelimiter(),
                prompt.fewshotDelimiter(),
                shots.split().orElse(""),
                metrics.toString()));
    }
}
