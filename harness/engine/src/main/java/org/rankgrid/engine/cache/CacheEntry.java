package org.rankgrid.engine.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One entry of the cache: a folder of files, with a page that says what they are. */
public final class CacheEntry {

    private static final String ABOUT = "about.txt";
    private static final String COMPLETE = "complete";

    private final Stage stage;
    private final Path folder;
    private final String about;

    /**
     * An entry.
     *
     * @param about its page, written with the first of its files
     */
    CacheEntry(Stage stage, Path folder, String about) {
        this.stage = stage;
        this.folder = folder;
        this.about = about;
    }

    /**
     * What a listing shows of an entry.
     *
     * @param stage the stage that made it
     * @param name its folder's name
     * @param title what it holds
     * @param bytes what it takes on disk
     * @param complete whether all of it is there
     * @param lastUsed when it was last asked for
     */
    public record Facts(Stage stage, String name, String title, long bytes, boolean complete, Instant lastUsed) {}

    /** Its folder. */
    public Path folder() {
        return folder;
    }

    /** A file of the entry, to be read. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * A file of the entry, to be written; the entry's folder is made where it is missing.
     *
     * @throws CacheException if it cannot be made
     */
    public Path fileToWrite(String name) {
        if (!Files.exists(file(ABOUT))) {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw CacheException.writing(folder, failure);
            }
            write(ABOUT, about);
        }
        return file(name);
    }

    /** Whether all of it has been written. */
    public boolean isComplete() {
        return Files.exists(file(COMPLETE));
    }

    /**
     * Says that all of it has been written.
     *
     * @throws CacheException if the folder cannot be written
     */
    public void complete() {
        if (!isComplete()) {
            fileToWrite(COMPLETE);
            write(COMPLETE, "");
        }
    }

    /** What a listing shows. */
    public Facts facts() {
        return new Facts(
                stage,
                folder.getFileName().toString(),
                title(),
                bytes(),
                isComplete(),
                lastUsed().toInstant());
    }

    /** Marks the entry as used now, if it is there and may be written to. */
    void touch() {
        try {
            if (Files.exists(file(ABOUT))) {
                Files.setLastModifiedTime(file(ABOUT), FileTime.from(Instant.now()));
            }
        } catch (IOException readOnly) {
            return;
        }
    }

    FileTime lastUsed() {
        try {
            return Files.getLastModifiedTime(Files.exists(file(ABOUT)) ? file(ABOUT) : folder);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    void delete() {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete the cache entry " + folder, failure);
        }
    }

    private String title() {
        try (Stream<String> lines = Files.lines(file(ABOUT))) {
            return lines.findFirst().orElse("?");
        } catch (IOException | UncheckedIOException unreadable) {
            return "unreadable";
        }
    }

    private long bytes() {
        try (Stream<Path> paths = Files.walk(folder)) {
            long sum = 0;
            for (Path path : (Iterable<Path>) paths::iterator) {
                sum += Files.isRegularFile(path) ? Files.size(path) : 0;
            }
            return sum;
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    private void write(String name, String text) {
        try {
            Path beside = Files.createTempFile(folder, name, ".tmp");
            Files.write(beside, List.of(text.stripTrailing()), StandardCharsets.UTF_8);
            Files.move(beside, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw CacheException.writing(folder, failure);
        }
    }
}
