package org.rankgrid.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of the cells of a run as they were at one moment.
 *
 * @param files by path inside the folder {@code cells}
 */
record RunFiles(SortedMap<String, State> files) {

    /** A file: its text and when it was written. */
    record State(String text, FileTime written) {}

    static RunFiles of(Path run) {
        Path cells = run.resolve("cells");
        SortedMap<String, State> files = new TreeMap<>();
        if (!Files.isDirectory(cells)) {
            return new RunFiles(files);
        }
        try (Stream<Path> paths = Files.walk(cells)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(
                        cells.relativize(path).toString(),
                        new State(Files.readString(path, StandardCharsets.UTF_8), Files.getLastModifiedTime(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RunFiles(files);
    }

    /** The texts of the files of a name, by path. */
    SortedMap<String, String> texts(String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((path, state) -> {
            if (path.endsWith(name)) {
                texts.put(path, state.text());
            }
        });
        return texts;
    }

    /** The files of the cells that have a result. */
    RunFiles finished() {
        return only(path -> files.containsKey(cell(path) + "result.json"));
    }

    /** The files of the cells that another snapshot has too. */
    RunFiles ofCellsIn(RunFiles other) {
        return only(path ->
                other.files.keySet().stream().anyMatch(there -> cell(there).equals(cell(path))));
    }

    /** How many cells have a result. */
    int results() {
        return texts("result.json").size();
    }

    private RunFiles only(Predicate<String> wanted) {
        SortedMap<String, State> some = new TreeMap<>(files);
        some.keySet().removeIf(wanted.negate());
        return new RunFiles(some);
    }

    private static String cell(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
