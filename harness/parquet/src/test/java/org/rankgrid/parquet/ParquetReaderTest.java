package org.rankgrid.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.data.Environment;
import org.rankgrid.data.dataset.DataSetLibrary;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.TableReader;

/** Files written by pyarrow, with the script beside them. */
class ParquetReaderTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"arc-snappy.parquet", "arc-zstd-groups.parquet"})
    void nestedColumnsComeAsTheyWereWritten(String name) throws IOException {
        List<SequencedMap<String, @Nullable Object>> rows = read(fixture(name));
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst().sequencedKeySet())
                .containsExactly("id", "question", "choices", "answerKey", "n", "score", "ok", "tags");
        assertThat(rows.getFirst().sequencedValues())
                .containsExactly(
                        "a",
                        "What is \u00e9 \ud83d\ude00?",
                        Map.of("text", List.of("one", "two"), "label", List.of("A", "B")),
                        "A",
                        1L,
                        0.5,
                        true,
                        Arrays.asList(1L, null, 3L));
        assertThat(rows.get(1).sequencedValues())
                .containsExactly(
                        "b",
                        "",
                        Map.of("text", List.of(), "label", List.of()),
                        null,
                        Long.MAX_VALUE,
                        null,
                        false,
                        List.of());
        assertThat(rows).extracting(row -> row.get("id")).containsExactly("a", "b", "c");
    }

    @Test
    void rowsOfManyGroupsKeepTheirOrder() throws IOException {
        assertThat(read(fixture("numbers.parquet")))
                .extracting(row -> row.get("i"))
                .containsExactlyElementsOf(LongStream.range(0, 5000).boxed().toList());
    }

    @Test
    void foldersAndNamesThatLookLikePatternsAreTakenAsTheyAre() throws IOException {
        Path odd = Files.createDirectories(folder.resolve("set=a[1]/it's *"));
        Path file = Files.copy(fixture("arc-snappy.parquet"), odd.resolve("te?st.parquet"));
        assertThat(read(file)).hasSize(3).allSatisfy(row -> assertThat(row).doesNotContainKey("set"));
    }

    @Test
    void whatARowCannotHoldIsRefusedWithItsColumn() throws IOException {
        assertThatThrownBy(() -> read(fixture("bytes.parquet")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "bytes.parquet row 1: the column 'image' (BLOB) holds what is neither text, number");
        assertThatThrownBy(() -> read(fixture("nan.parquet")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nan.parquet row 2: the column 'x' (DOUBLE) holds a number that is not finite");
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] good = Files.readAllBytes(fixture("arc-snappy.parquet"));
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(good, good.length / 2));
        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cut.parquet cannot be read as a Parquet file (")
                .hasMessageEndingWith("copy or download it again.");
        Path empty = Files.write(folder.resolve("empty.parquet"), new byte[0]);
        assertThatThrownBy(() -> read(empty)).isInstanceOf(InputException.class);
    }

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        byte[] good = Files.readAllBytes(fixture("arc-snappy.parquet"));
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            Path file = Files.write(folder.resolve("mutated.parquet"), bad);
            try {
                read(file);
            } catch (InputException refused) {
                assertThat(refused).hasMessageContaining("mutated.parquet");
            }
        }
    }

    @Test
    void theLibraryFindsThemInTheHubsCache() throws IOException {
        Path repository = folder.resolve("datasets--baber--piqa");
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), COMMIT);
        Path data = Files.createDirectories(
                repository.resolve("snapshots").resolve(COMMIT).resolve("data"));
        Files.copy(fixture("arc-snappy.parquet"), data.resolve("validation-00000-of-00001.parquet"));
        HubCache hub = HubCache.of(new Environment(Map.of("HF_HUB_CACHE", folder.toString()), folder, "Linux"));
        List<TableReader> readers = ServiceLoader.load(TableReader.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        DataSet set = new DataSetLibrary(Optional.empty(), folder, hub, readers)
                .dataSet(new DataSource("baber/piqa", Optional.empty(), "validation", new LinkedHashMap<>()));
        assertThat(set.rows()).hasSize(3);
        assertThat(set.rows().getLast().origin()).endsWith("validation-00000-of-00001.parquet row 3");
    }

    private static List<SequencedMap<String, @Nullable Object>> read(Path file) {
        List<SequencedMap<String, @Nullable Object>> rows = new ArrayList<>();
        new ParquetReader().read(file, rows::add);
        return rows;
    }

    private Path fixture(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream stream = Objects.requireNonNull(ParquetReaderTest.class.getResourceAsStream(name))) {
            Files.write(file, stream.readAllBytes());
        }
        return file;
    }
}
