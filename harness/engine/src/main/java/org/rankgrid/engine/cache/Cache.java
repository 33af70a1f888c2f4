package org.rankgrid.engine.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The caches of calibrations and decompositions under one folder. An entry is a folder named by the hash of its
 * {@link Identity}; it counts as complete when all that belongs to it has been written, and an incomplete one is carried on
 * with, not thrown away.
 */
public final class Cache {

    private final Path root;

    /** A cache under a folder, which need not exist yet. */
    public Cache(Path root) {
        this.root = root;
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    /**
     * The entry for an identity, marked as used now if it is there. Its folder is made when something is first written.
     *
     * @param title what it holds, for a listing
     */
    public CacheEntry entry(Stage stage, Identity identity, String title) {
        Path folder = root.resolve(stage.folder()).resolve(identity.hash().substring(0, 16));
        CacheEntry entry = new CacheEntry(stage, folder, about(title, identity));
        entry.touch();
        return entry;
    }

    private static String about(String title, Identity identity) {
        StringBuilder text = new StringBuilder(title).append('\n');
        identity.parts()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** All entries, the most recently used first. */
    public List<CacheEntry> entries() {
        List<CacheEntry> entries = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            Path folder = root.resolve(stage.folder());
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> children = Files.list(folder)) {
                children.filter(Files::isDirectory).forEach(child -> entries.add(new CacheEntry(stage, child, "")));
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot list the cache folder " + folder, failure);
            }
        }
        entries.sort(Comparator.comparing(CacheEntry::lastUsed)
                .reversed()
                .thenComparing(e -> e.folder().toString()));
        return entries;
    }

    /**
     * Deletes entries.
     *
     * @param unusedFor entries not used for this long go
     * @param keepBytes then the least recently used ones go until at most this much is left
     * @return what was deleted
     */
    public List<CacheEntry.Facts> prune(Duration unusedFor, long keepBytes) {
        Instant oldest = Instant.now().minus(unusedFor);
        List<CacheEntry.Facts> deleted = new ArrayList<>();
        long kept = 0;
        for (CacheEntry entry : entries()) {
            CacheEntry.Facts facts = entry.facts();
            if (entry.lastUsed().compareTo(FileTime.from(oldest)) > 0 && kept + facts.bytes() <= keepBytes) {
                kept += facts.bytes();
            } else {
                entry.delete();
                deleted.add(facts);
            }
        }
        return deleted;
    }
}
