package org.rankgrid.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    @TempDir
    private Path folder;

    private Cache cache;

    @BeforeEach
    void open() {
        cache = new Cache(folder.resolve("cache"));
    }

    @Test
    void theSameIdentityIsTheSameEntry() {
        CacheEntry first = entry("a", 0, 0);

        assertThat(cache.entry(Stage.CALIBRATION, identity("a"), "again").folder())
                .isEqualTo(first.folder());
        assertThat(entry("b", 0, 0).folder()).isNotEqualTo(first.folder());
        assertThat(cache.entries()).hasSize(2);
    }

    @Test
    void anEntryIsPartialUntilItIsCompleted() {
        CacheEntry entry = entry("a", 10, 0);
        assertThat(entry.facts().complete()).isFalse();

        entry.complete();

        assertThat(new Cache(folder.resolve("cache")).entries().getFirst().facts())
                .returns(true, CacheEntry.Facts::complete)
                .returns("the title of a", CacheEntry.Facts::title)
                .returns(Stage.CALIBRATION, CacheEntry.Facts::stage);
    }

    @Test
    void theMostRecentlyUsedEntryComesFirst() {
        entry("old", 0, 5);
        entry("new", 0, 1);
        entry("middle", 0, 3);

        assertThat(titles(cache.entries().stream().map(CacheEntry::facts).toList()))
                .containsExactly("the title of new", "the title of middle", "the title of old");
    }

    @Test
    void whatWasNotUsedForLongIsPruned() {
        entry("old", 100, 5);
        entry("new", 100, 1);

        assertThat(titles(cache.prune(Duration.ofDays(3), Long.MAX_VALUE))).containsExactly("the title of old");
        assertThat(cache.entries()).hasSize(1);
        assertThat(cache.prune(Duration.ofDays(3), Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void theLeastRecentlyUsedEntriesGoUntilTheRestFits() {
        entry("old", 1000, 5);
        entry("new", 1000, 1);
        entry("middle", 1000, 3);

        assertThat(titles(cache.prune(Duration.ofDays(100), 2500))).containsExactly("the title of old");
        assertThat(titles(cache.prune(Duration.ofDays(100), 0))).hasSize(2);
        assertThat(cache.entries()).isEmpty();
    }

    @Test
    void aCacheThatIsNotThereIsEmpty() {
        assertThat(cache.entries()).isEmpty();
        assertThat(cache.prune(Duration.ZERO, 0)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file");

        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> entry("a", 0, 0))
                .withMessageContainingAll(folder.resolve("cache").toString(), "--cache DIR");
    }

    @Test
    void anIdentityHashesNamesAndValuesWithTheirLengths() {
        // sha256 of "5:stage11:calibrate/15:model3:abc" by Python's hashlib.
        assertThat(Identity.of("calibrate", 1).with("model", "abc").hash())
                .isEqualTo("638582ea249b92fc3c675003cabb187a0953e24e42b3f49fa585e1dc3ce8865c");
        assertThat(identity("a").with("b", "c").hash())
                .isNotEqualTo(identity("ab").with("", "c").hash());
        assertThatIllegalArgumentException().isThrownBy(() -> identity("a").with("name", "again"));
    }

    @Test
    void anEntryIsOnDiskFromItsFirstFileOn() {
        CacheEntry entry = cache.entry(Stage.TRIAL, identity("a"), "the title");

        assertThat(entry.isComplete()).isFalse();
        assertThat(cache.root()).doesNotExist();
        assertThat(cache.entries()).isEmpty();

        entry.fileToWrite("data");
        assertThat(entry.folder()).isDirectoryContaining("glob:**about.txt");
    }

    private CacheEntry entry(String name, int bytes, int daysAgo) {
        CacheEntry entry = cache.entry(Stage.CALIBRATION, identity(name), "the title of " + name);
        try {
            Files.write(entry.fileToWrite("data"), new byte[bytes]);
            Files.setLastModifiedTime(
                    entry.file("about.txt"),
                    FileTime.from(Instant.now().minus(Duration.ofDays(daysAgo)).minusSeconds(1)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return entry;
    }

    private static Identity identity(String name) {
        return Identity.of("test", 1).with("name", name);
    }

    private static List<String> titles(List<CacheEntry.Facts> facts) {
        return facts.stream().map(CacheEntry.Facts::title).toList();
    }
}
