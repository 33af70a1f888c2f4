package org.rankgrid.data.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rankgrid.data.Environment;

/**
 * What the Hugging Face hub's own client has already fetched onto this machine; nothing is ever downloaded here. The layout
 * is the published one: {@code models--org--name/refs/main} names a commit, {@code snapshots/<commit>/} holds its files.
 */
public final class HubCache {

    /** What a repository holds. */
    public enum Kind {
        /** A model. */
        MODEL("models"),
        /** A data set. */
        DATASET("datasets");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Pattern REPOSITORY = Pattern.compile("(\\w[\\w.-]{0,95}/)?\\w[\\w.-]{0,95}");
    private static final Pattern REVISION = Pattern.compile("[\\w.-]+(/[\\w.-]+)*");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    private final Path folder;
    private final boolean offline;

    private HubCache(Path folder, boolean offline) {
        this.folder = folder;
        this.offline = offline;
    }

    /**
     * The cache of a person: {@code HF_HUB_CACHE} (or its old name {@code HUGGINGFACE_HUB_CACHE}), else {@code hub} in
     * {@code HF_HOME}, else in {@code huggingface} of the user's cache folder.
     */
    public static HubCache of(Environment environment) {
        Path folder = environment
                .folder("HF_HUB_CACHE")
                .or(() -> environment.folder("HUGGINGFACE_HUB_CACHE"))
                .or(() -> environment.folder("HF_HOME").map(home -> home.resolve("hub")))
                .orElseGet(() -> environment
                        .folder("XDG_CACHE_HOME")
                        .orElse(environment.home().resolve(".cache"))
                        .resolve("huggingface")
                        .resolve("hub"));
        boolean offline = environment
                .variable("HF_HUB_OFFLINE")
                .map(value -> TRUE.contains(value.toUpperCase(Locale.ROOT)))
                .orElse(false);
        return new HubCache(folder, offline);
    }

    /** The folder of the cache; it need not exist. */
    public Path folder() {
        return folder;
    }

    /** Whether the person forbids going to the network ({@code HF_HUB_OFFLINE}). */
    public boolean offline() {
        return offline;
    }

    /** Whether a text can be the id of a repository: {@code name} or {@code org/name}. */
    public static boolean isRepository(String id) {
        return REPOSITORY.matcher(id).matches() && !id.contains("..") && !id.contains("--");
    }

    /**
     * The folder with the files of a repository at a revision, if it is cached.
     *
     * @param repository {@code org/name}
     * @param revision a branch, a tag or a commit of forty digits
     */
    public Optional<Path> snapshot(Kind kind, String repository, String revision) {
        if (!isRepository(repository) || !REVISION.matcher(revision).matches()) {
            return Optional.empty();
        }
        Path home = folder.resolve(kind.prefix + "--" + repository.replace("/", "--"));
        return commit(home, revision)
                .map(commit -> home.resolve("snapshots").resolve(commit))
                .filter(Files::isDirectory);
    }

    /**
     * One file of a repository, if it is cached.
     *
     * @param path the file's path in the repository
     */
    public Optional<Path> file(Kind kind, String repository, String revision, String path) {
        return snapshot(kind, repository, revision)
                .flatMap(snapshot -> inside(snapshot, path))
                .filter(Files::isRegularFile);
    }

    private static Optional<String> commit(Path home, String revision) {
        if (COMMIT.matcher(revision).matches()) {
            return Optional.of(revision);
        }
        return inside(home.resolve("refs"), revision)
                .filter(Files::isRegularFile)
                .flatMap(HubCache::firstBytes)
                .map(String::strip)
                .filter(commit -> COMMIT.matcher(commit).matches());
    }

    /** A path below a folder; none if it leads out of it. */
    private static Optional<Path> inside(Path folder, String path) {
        Path below = folder.resolve(path).normalize();
        return Optional.of(below).filter(candidate -> candidate.startsWith(folder.normalize()));
    }

    private static Optional<String> firstBytes(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return Optional.of(new String(stream.readNBytes(64), StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // A reference that cannot be read leads nowhere, as one that is not there.
            return Optional.empty();
        }
    }
}
