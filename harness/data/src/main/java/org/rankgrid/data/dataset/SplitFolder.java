package org.rankgrid.data.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rankgrid.data.IoReason;
import org.rankgrid.spi.InputException;

/**
 * A folder with one file, or several numbered parts, a split: {@code test.jsonl}, {@code test-00000-of-00002.parquet}, or
 * {@code test/0000.parquet} as the hub's own conversion has it.
 *
 * @param folder the folder
 */
record SplitFolder(Path folder) {

    /** Endings of files that are read, the first one found counts; every one of JSON also with {@code .gz}. */
    static final List<String> KINDS = List.of("jsonl", "json", "parquet");

    private static final Pattern NAME = Pattern.compile("(?<split>.+?)(?:-(?<part>\\d{5})-of-(?<parts>\\d{5}))?"
            + "\\.(?<kind>jsonl|json|parquet)(?<packed>\\.gz)?");
    private static final Pattern CONVERTED = Pattern.compile("\\d{4}\\.parquet");

    /** A file of a split; a split in one file is part 0 of 1. */
    private record Part(Path file, String split, int part, int parts, String kind) {}

    /**
     * The folders in which the hub's rules have the splits of a configuration.
     *
     * @param root of the repository
     * @param configuration empty if the repository has one only
     */
    static List<SplitFolder> of(Path root, Optional<String> configuration) {
        Stream<Path> folders = configuration
                .filter(name -> !name.equals("default"))
                .map(name -> Stream.of(root.resolve(name), root.resolve("data").resolve(name)))
                .orElseGet(() -> Stream.of(root, root.resolve("data"), root.resolve("default")));
        return folders.filter(Files::isDirectory).map(SplitFolder::new).toList();
    }

    /** The names of the splits in this folder, sorted. */
    List<String> splits() {
        List<String> converted = list(folder).stream()
                .filter(entry -> !converted(entry).isEmpty())
                .map(SplitFolder::name)
                .toList();
        return Stream.concat(parts().stream().map(Part::split), converted.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The files of a split in the order of their parts, none if it is not here.
     *
     * @throws InputException if a part is missing
     */
    List<Path> files(String split) {
        SequencedMap<String, List<Part>> byKind = new TreeMap<>(Comparator.comparing(SplitFolder::rank));
        for (Part part : parts()) {
            if (part.split().equals(split)) {
                byKind.computeIfAbsent(part.kind(), _ -> new ArrayList<>()).add(part);
            }
        }
        if (byKind.isEmpty()) {
            return list(folder).stream()
                    .filter(entry -> name(entry).equals(split))
                    .flatMap(entry -> converted(entry).stream())
                    .toList();
        }
        return whole(split, byKind.firstEntry().getValue());
    }

    private List<Path> whole(String split, List<Part> found) {
        int parts = found.getFirst().parts();
        for (int i = 0; i < parts; i++) {
            if (i >= found.size() || found.get(i).part() != i || found.get(i).parts() != parts) {
                throw new InputException("The split '" + split + "' in " + folder + " should have " + parts
                        + " parts, and part " + i + " is missing or there twice, copy or download it again.");
            }
        }
        if (found.size() > parts) {
            throw new InputException("The split '" + split + "' in " + folder + " should have " + parts
                    + " parts but there are " + found.size() + ", remove those that do not belong to it.");
        }
        return found.stream().map(Part::file).toList();
    }

    /** Sorted by part. */
    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Path file : list(folder)) {
            Matcher matcher = NAME.matcher(name(file));
            if (matcher.matches() && Files.isRegularFile(file)) {
                boolean numbered = matcher.group("part") != null;
                parts.add(new Part(
                        file,
                        matcher.group("split"),
                        numbered ? Integer.parseInt(matcher.group("part")) : 0,
                        numbered ? Integer.parseInt(matcher.group("parts")) : 1,
                        matcher.group("kind")
                                + (matcher.group("packed") == null ? "" : ".gz")
                                + (numbered ? "*" : "")));
            }
        }
        parts.sort(Comparator.comparingInt(Part::part));
        return parts;
    }

    /** Plain before packed, one file before parts, JSON before anything that needs a plugin. */
    private static String rank(String kind) {
        return KINDS.indexOf(kind.replaceAll("\\W.*", "")) + kind;
    }

    private static List<Path> converted(Path folder) {
        return Files.isDirectory(folder)
                ? list(folder).stream()
                        .filter(file -> CONVERTED.matcher(name(file)).matches())
                        .toList()
                : List.of();
    }

    /** Sorted by name. */
    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new InputException("The folder " + folder + " cannot be listed: " + IoReason.of(e) + ".", e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
