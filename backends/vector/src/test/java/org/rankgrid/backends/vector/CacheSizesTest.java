package org.rankgrid.backends.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheSizesTest {

    private static final long USUAL = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"512K, 524288", "2048K, 2097152", "2M, 2097152", "9999999M, 1073741824"})
    void theSecondLevelIsRead(String size, long bytes) throws IOException {
        cache("index0", "1", "32K");
        cache("index2", "2", size);
        cache("index3", "3", "32768K");
        assertThat(CacheSizes.second(folder)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"''", "0K", "-1K", "12", "much", "99999999999999999999K"})
    void aSizeThatMakesNoSenseIsTheUsualOne(String size) throws IOException {
        cache("index2", "2", size);
        assertThat(CacheSizes.second(folder)).isEqualTo(USUAL);
    }

    @Test
    void whereNobodySaysItIsTheUsualOne() {
        assertThat(CacheSizes.second(folder)).isEqualTo(USUAL);
        assertThat(CacheSizes.second(folder.resolve("missing"))).isEqualTo(USUAL);
    }

    private void cache(String name, String level, String size) throws IOException {
        Path cache = Files.createDirectory(folder.resolve(name));
        Files.writeString(cache.resolve("level"), level + "\n");
        Files.writeString(cache.resolve("size"), size + "\n");
    }
}
