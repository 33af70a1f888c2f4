package org.rankgrid.data.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.data.Environment;

class HubCacheTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    @Test
    void theFolderFollowsTheVariablesInTheirOrder() {
        Path home = Path.of("/home/ada");
        assertThat(HubCache.of(new Environment(Map.of(), home, "Linux")).folder())
                .isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(folderWith(Map.of("XDG_CACHE_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/huggingface/hub"));
        assertThat(folderWith(Map.of("XDG_CACHE_HOME", "/xdg", "HF_HOME", "/hf")))
                .isEqualTo(Path.of("/hf/hub"));
        assertThat(folderWith(Map.of("HF_HOME", "/hf", "HUGGINGFACE_HUB_CACHE", "/old")))
                .isEqualTo(Path.of("/old"));
        assertThat(folderWith(Map.of("HUGGINGFACE_HUB_CACHE", "/old", "HF_HUB_CACHE", "~/new")))
                .isEqualTo(home.resolve("new"));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "on, true", "YES, true", "True, true", "0, false", "'', false", "off, false"})
    void offlineIsReadAsTheHubsOwnClientReadsIt(String value, boolean offline) {
        Environment environment = new Environment(Map.of("HF_HUB_OFFLINE", value), folder, "Linux");
        assertThat(HubCache.of(environment).offline()).isEqualTo(offline);
    }

    @Test
    void aRevisionIsFollowedToItsSnapshot() throws IOException {
        Path repository = folder.resolve("models--org--name");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(COMMIT));
        Files.createDirectories(repository.resolve("refs/pr"));
        Files.writeString(repository.resolve("refs/main"), COMMIT + "\n");
        Files.writeString(repository.resolve("refs/pr/1"), COMMIT);
        Files.createDirectories(repository.resolve("blobs"));
        Path blob = Files.writeString(repository.resolve("blobs/abc"), "{}");
        Files.createSymbolicLink(snapshot.resolve("config.json"), snapshot.relativize(blob));
        HubCache cache = cache();
        assertThat(cache.snapshot(HubCache.Kind.MODEL, "org/name", "main")).contains(snapshot);
        assertThat(cache.snapshot(HubCache.Kind.MODEL, "org/name", "pr/1")).contains(snapshot);
        assertThat(cache.snapshot(HubCache.Kind.MODEL, "org/name", COMMIT)).contains(snapshot);
        assertThat(cache.snapshot(HubCache.Kind.DATASET, "org/name", "main")).isEmpty();
        assertThat(cache.snapshot(HubCache.Kind.MODEL, "org/name", "dev")).isEmpty();
        assertThat(cache.file(HubCache.Kind.MODEL, "org/name", "main", "config.json"))
                .hasValueSatisfying(file -> assertThat(file).hasContent("{}"));
        assertThat(cache.file(HubCache.Kind.MODEL, "org/name", "main", "model.safetensors"))
                .isEmpty();
    }

    @Test
    void nothingOutsideTheCacheIsReached() throws IOException {
        Path repository = folder.resolve("models--org--name");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(COMMIT));
        Files.writeString(snapshot.resolve("config.json"), "{}");
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), "../../../etc");
        Files.writeString(folder.resolve("secret"), COMMIT);
        HubCache cache = cache();
        assertThat(cache.snapshot(HubCache.Kind.MODEL, "org/name", "main")).isEmpty();
        assertThat(cache.snapshot(HubCache.Kind.MODEL, "org/name", "../../secret"))
                .isEmpty();
        assertThat(cache.snapshot(HubCache.Kind.MODEL, "org/name", "a\0b")).isEmpty();
        assertThat(cache.file(HubCache.Kind.MODEL, "org/name", COMMIT, "../../../secret"))
                .isEmpty();
        assertThat(cache.file(HubCache.Kind.MODEL, "org/name", COMMIT, "config.json"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/b/c", "../x", "a/..", "org/na--me", "a b", "/etc/passwd", "a/", "C:\\x"})
    void whatIsNoRepositoryIsNotLookedUp(String id) {
        assertThat(HubCache.isRepository(id)).isFalse();
        assertThat(cache().snapshot(HubCache.Kind.MODEL, id, "main")).isEmpty();
    }

    private HubCache cache() {
        return HubCache.of(new Environment(Map.of("HF_HUB_CACHE", folder.toString()), folder, "Linux"));
    }

    private static Path folderWith(Map<String, String> variables) {
        return HubCache.of(new Environment(variables, Path.of("/home/ada"), "Linux"))
                .folder();
    }
}
