package org.rankgrid.data.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rankgrid.data.jsonl.JsonLines;
import org.rankgrid.data.text.TextSource;
import org.rankgrid.spi.InputException;

/** Corpora in files of a person: plain text is one document, JSON lines are one document a line. */
final class CorpusFiles {

    private static final String KINDS = ".txt, .raw or .jsonl, each also with .gz";

    private CorpusFiles() {}

    /**
     * Reads a file, or the only corpus file of a folder.
     *
     * @param name what the person called it
     * @param field which field of JSON lines holds the text
     */
    static Corpus read(String name, Path path, String field) {
        Path file = Files.isDirectory(path) ? onlyFile(path) : path;
        return switch (kind(file)) {
            case "txt", "raw" -> Corpus.of(name, List.of(TextSource.file(file).readAll()), "");
            case "jsonl" -> {
                List<String> documents = new ArrayList<>();
                JsonLines.read(file, line -> documents.add(line.text(field)));
                yield Corpus.of(name, documents, "\n\n");
            }
            default ->
                throw new InputException(file + ": a corpus is a file that ends in " + KINDS
                        + ", and this one does not, rename or convert it.");
        };
    }

    /** The extension that tells how a file is read, without {@code .gz}; empty if there is none. */
    private static String kind(Path file) {
        String name = String.valueOf(file.getFileName());
        String bare = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return bare.substring(bare.lastIndexOf('.') + 1);
    }

    private static Path onlyFile(Path folder) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(entry -> List.of("txt", "raw", "jsonl").contains(kind(entry)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException("The folder " + folder + " cannot be listed: " + e.getMessage() + ".", e);
        }
        if (files.size() != 1) {
            String found = files.isEmpty()
                    ? "none"
                    : files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", "));
            throw new InputException("The folder " + folder + " should hold one corpus file (" + KINDS + ") but holds "
                    + found + ", name a file in it.");
        }
        return files.getFirst();
    }
}
