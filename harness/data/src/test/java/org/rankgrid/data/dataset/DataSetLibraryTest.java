package org.rankgrid.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.data.Environment;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.TableReader;

class DataSetLibraryTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private Path data;
    private Path grid;
    private Path hub;
    private DataSetLibrary library;

    @BeforeEach
    void makeFolders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        grid = Files.createDirectory(folder.resolve("grid"));
        hub = Files.createDirectory(folder.resolve("hub"));
        library = library(Optional.of(data));
    }

    @Test
    void theDataFolderComesBeforeTheJarBeforeTheHubBeforeTheGridsFolder() throws IOException {
        write(grid.resolve("arc_easy/test.jsonl"), "{\"from\": \"grid\"}");
        write(grid.resolve("piqa/validation.jsonl"), "{\"from\": \"grid\"}");
        write(snapshot("allenai/ai2_arc").resolve("ARC-Easy/test.jsonl"), "{\"from\": \"hub\"}");
        assertThat(rows("piqa", "validation")).isEqualTo("from=grid");
        assertThat(read("allenai/ai2_arc", "ARC-Easy", "test").rows()).hasSize(2376);
        Path part = write(snapshot("ybisk/piqa").resolve("data/validation-00001-of-00002.json"), "[]");
        Files.move(grid.resolve("piqa"), grid.resolve("elsewhere"));
        assertThat(library.known())
                .filteredOn(set -> set.name().equals("piqa"))
                .singleElement()
                .satisfies(set -> assertThat(set.where()).contains("should have 2 parts"));
        Files.delete(part);
        write(snapshot("baber/piqa").resolve("data/validation-00000-of-00001.json"), "[{\"from\": \"hub\"}]");
        library = library(Optional.of(data));
        assertThat(rows("piqa", "validation")).isEqualTo("from=hub");
        write(data.resolve("arc_easy/test.jsonl"), "{\"from\": \"data\"}");
        write(data.resolve("piqa/validation.jsonl.gz"), "{\"from\": \"data\"}");
        library = library(Optional.of(data));
        assertThat(rows("piqa", "validation")).isEqualTo("from=data");
        assertThat(rows("arc_easy", "test")).isEqualTo("from=data");
        assertThat(library.known())
                .filteredOn(set -> set.name().equals("piqa"))
                .singleElement()
                .satisfies(set -> {
                    assertThat(set.state()).isEqualTo(KnownDataSet.State.DATA_FOLDER);
                    assertThat(set.where())
                            .isEqualTo(data.resolve("piqa/validation.jsonl.gz").toString());
                });
    }

    @Test
    void filesWithNamesOfTheirOwnAreFoundUnderTheirSetsOnly() throws IOException {
        write(data.resolve("hellaswag/validation_activitynet_302.jsonl"), "{\"query\": \"part\"}");
        write(data.resolve("winogrande/winogrande_xl_validation.jsonl"), "{\"sentence\": \"xl\"}");
        assertThat(rows("hellaswag-activitynet-302", "validation")).isEqualTo("query=part");
        assertThat(rows("winogrande", "validation")).isEqualTo("sentence=xl");
        fails("Rowan/hellaswag", "validation")
                .hasMessageContaining("'hellaswag' does not come with rankgrid (its authors' repository was disabled")
                .hasMessageContaining(
                        "put it at " + data.resolve("hellaswag/validation.jsonl") + " or fetch it into the"
                                + " hub's cache with 'hf download --repo-type dataset Rowan/hellaswag'.");
    }

    @Test
    void aKnownSetThatIsNowhereSaysWhereItWasSoughtAndHowToGetIt() {
        fails("baber/piqa", "validation")
                .hasMessage("The data set 'piqa' does not come with rankgrid (its card states no licence) and is not on"
                        + " this machine: it was sought in the data folder " + data + ", the hub's cache " + hub
                        + " and " + grid + ", put it at " + data.resolve("piqa/validation.jsonl")
                        + " or fetch it into the hub's cache with 'hf download --repo-type dataset baber/piqa'.");
        // One file, not three hundred gigabytes.
        fails("c4", "validation")
                .hasMessageEndingWith(
                        "'hf download --repo-type dataset allenai/c4" + " en/c4-validation.00000-of-00008.json.gz'.");
        library = library(Optional.empty());
        fails("piqa", "validation")
                .hasMessageContaining(
                        "put it at piqa/validation.jsonl in a data folder (--data or RANKGRID_DATA) or fetch");
    }

    @Test
    void anUnknownSetIsSaidWithTheNearestName() {
        fails("piqaa", "validation")
                .hasMessageStartingWith("There is no data set 'piqaa' (did you mean 'piqa'?): known are arc_easy, ")
                .hasMessageContaining("was found in the data folder " + data);
        fails("alenai/ai2_arc", "test").hasMessageContaining("(did you mean 'allenai/ai2_arc'?)");
        fails("no\0name", "test").hasMessageStartingWith("There is no data set 'no");
        assertThatThrownBy(() -> read("allenai/ai2_arc", "ARC-Eesy", "test"))
                .isInstanceOf(InputException.class)
                .hasMessage("The data set 'allenai/ai2_arc' has no configuration 'ARC-Eesy' here (did you mean"
                        + " 'ARC-Easy'?): known are ARC-Easy, ARC-Challenge.");
        fails("allenai/ai2_arc", "test").hasMessageContaining("needs a configuration (dataset_name) here: known are");
    }

    @Test
    void aSplitThatIsNotThereIsSaidWithThoseThatAre() throws IOException {
        write(data.resolve("mine/train.jsonl"), "{}");
        write(data.resolve("mine/validation-00000-of-00001.json"), "[{}]");
        fails("mine", "valid")
                .hasMessage(
                        "The data set 'mine' has no split 'valid' here (did you mean 'validation'?): choose train or"
                                + " validation.");
        Files.createDirectories(data.resolve("bare"));
        fails("bare", "test")
                .hasMessage("The folder " + data.resolve("bare")
                        + " holds no split: put a file test.jsonl, test.json or test.parquet into it.");
    }

    @Test
    void theHubsRulesForNamesAreFollowed() throws IOException {
        Path arc = snapshot("some/set");
        write(arc.resolve("one/test-00000-of-00002.jsonl"), "{\"i\": 0}");
        write(arc.resolve("one/test-00001-of-00002.jsonl"), "{\"i\": 1}");
        write(arc.resolve("data/two/test.json"), "[{\"i\": 2}]");
        write(arc.resolve("data/test-00000-of-00001.jsonl"), "{\"i\": 3}");
        write(arc.resolve("broken/test-00001-of-00002.jsonl"), "{\"i\": 1}");
        write(arc.resolve("secret.jsonl"), "{\"i\": 9}");
        DataSet one = read("some/set", "one", "test");
        assertThat(joined(one)).isEqualTo("i=0;i=1");
        assertThat(one.fingerprint()).isEqualTo(Sha256.of(Sha256.of("{\"i\": 0}") + "\n" + Sha256.of("{\"i\": 1}")));
        assertThat(joined(read("some/set", "two", "test"))).isEqualTo("i=2");
        assertThat(rows("some/set", "test")).isEqualTo("i=3");
        assertThat(joined(read("some/set", "default", "test"))).isEqualTo("i=3");
        // Never another configuration's rows in place of those of one that is not there.
        assertThatThrownBy(() -> read("some/set", "three", "test"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no split of 'three'");
        assertThatThrownBy(() -> read("some/set", "broken", "test"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("should have 2 parts, and part 0 is missing");
    }

    @Test
    void theHubsOwnConversionIsFoundToo() throws IOException {
        Path repository = hub.resolve("datasets--EleutherAI--race");
        Files.createDirectories(repository.resolve("refs/refs/convert"));
        Files.writeString(repository.resolve("refs/refs/convert/parquet"), COMMIT);
        write(repository.resolve("snapshots").resolve(COMMIT).resolve("high/test/0000.parquet"), "PAR1");
        library = new DataSetLibrary(Optional.empty(), grid, cache(), List.of(new OneRow()));
        assertThat(joined(read("EleutherAI/race", "high", "test"))).isEqualTo("table=0000.parquet");
        fails("EleutherAI/race", "test").hasMessageContaining("known are high");
    }

    @Test
    void filesOfTheHubWithNamesOfTheirOwnAreFound() throws IOException {
        write(snapshot("EleutherAI/lambada_openai").resolve("data/lambada_test.jsonl"), "{\"text\": \"a b\"}");
        write(snapshot("allenai/c4").resolve("en/c4-validation.00000-of-00008.json.gz"), "{\"text\": \"c\"}");
        assertThat(joined(read("EleutherAI/lambada_openai", "default", "test"))).isEqualTo("text=a b");
        assertThat(rows("lambada_openai", "test")).isEqualTo("text=a b");
        assertThat(joined(read("EleutherAI/lambada_openai", "en", "test"))).isEqualTo("text=a b");
        assertThat(joined(read("allenai/c4", "en", "validation"))).isEqualTo("text=c");
        assertThat(rows("c4", "validation")).isEqualTo("text=c");
    }

    @Test
    void aPartOfMmluOnTheHubNeedsNoFilter() throws IOException {
        write(data.resolve("mmlu/test.jsonl"), "{\"subject\": \"anatomy\"}\n{\"subject\": \"law\"}");
        write(snapshot("cais/mmlu").resolve("anatomy/validation.jsonl"), "{\"question\": \"q\"}");
        write(snapshot("cais/mmlu").resolve("all/validation.jsonl"), "{\"subject\": \"law\"}");
        assertThat(joined(read("cais/mmlu", "law", "test"))).isEqualTo("subject=law");
        assertThat(joined(read("cais/mmlu", "anatomy", "validation"))).isEqualTo("question=q");
        assertThat(joined(read("cais/mmlu", "law", "validation"))).isEqualTo("subject=law");
    }

    @Test
    void aPathIsAFolderOrAFileBesideTheGrid() throws IOException {
        write(grid.resolve("sets/mine/test.json.gz"), "[{\"a\": 1}]");
        write(grid.resolve("sets/one.jsonl"), "{\"a\": 2}");
        assertThat(rows("sets/mine", "test")).isEqualTo("a=1");
        assertThat(rows("./sets/mine", "test")).isEqualTo("a=1");
        assertThat(joined(read("sets", "mine", "test"))).isEqualTo("a=1");
        assertThat(rows(grid.resolve("sets/one.jsonl").toString(), "any")).isEqualTo("a=2");
        write(grid.resolve("sets/one.csv"), "a,b");
        fails("sets/one.csv", "test").hasMessageContaining("one.csv: rows are read from files that end in .jsonl");
    }

    @Test
    void filesAreGivenBySplit() throws IOException {
        Path train = write(grid.resolve("t.json"), "{\"a\": 1}\n{\"a\": 2}\n");
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("train", train.toString());
        assertThat(joined(library.dataSet(new DataSource("json", Optional.empty(), "train", files))))
                .isEqualTo("a=1;a=2");
        assertThatThrownBy(() -> library.dataSet(new DataSource("json", Optional.empty(), "test", files)))
                .isInstanceOf(InputException.class)
                .hasMessage("data_files has no split 'test': it has train.");
        fails("json", "test").hasMessageContaining("needs the files");
        assertThatThrownBy(() -> library.dataSet(new DataSource("text", Optional.empty(), "train", files)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("go with dataset_path json or parquet, not with 'text'");
        files.put("test", grid.resolve("gone.jsonl").toString());
        assertThatThrownBy(() -> library.dataSet(new DataSource("json", Optional.empty(), "test", files)))
                .isInstanceOf(InputException.class)
                .hasMessage(grid.resolve("gone.jsonl") + " cannot be read: there is no such file.");
        files.put("test", grid.toString());
        assertThatThrownBy(() -> library.dataSet(new DataSource("json", Optional.empty(), "test", files)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void valuesKeepTheirKindsAndOrder() throws IOException {
        write(
                data.resolve("v/test.jsonl"),
                "{\"z\": 1, \"a\": 1.0, \"n\": null, \"big\": 9223372036854775808, \"min\": -9223372036854775808,"
                        + " \"t\": true, \"l\": [1, null, [\"x\"]], \"o\": {\"k\": {\"d\": 1e3}}, \"s\": \"\\u00e9\"}");
        SequencedMap<String, @Nullable Object> fields =
                read("v", null, "test").rows().getFirst().fields();
        assertThat(fields.sequencedKeySet()).containsExactly("z", "a", "n", "big", "min", "t", "l", "o", "s");
        assertThat(fields.sequencedValues())
                .containsExactly(
                        1L,
                        1.0,
                        null,
                        0x1p63,
                        Long.MIN_VALUE,
                        true,
                        Arrays.asList(1L, null, List.of("x")),
                        Map.of("k", Map.of("d", 1000.0)),
                        "\u00e9");
    }

    @Test
    void aFingerprintIsOfTheUnpackedBytesWhateverTheName() throws IOException {
        write(data.resolve("a/test.jsonl"), "{\"a\": 1}\n");
        write(data.resolve("b/test.json.gz"), "{\"a\": 1}\n");
        assertThat(read("a", null, "test").fingerprint())
                .isEqualTo(read("b", null, "test").fingerprint())
                .isEqualTo(Sha256.of("{\"a\": 1}\n"));
        write(data.resolve("boolq/validation.jsonl"), "{\"a\": 1}\n");
        assertThat(read("boolq", null, "validation").fingerprint())
                .isNotEqualTo(read("a", null, "test").fingerprint());
    }

    @Test
    void damageIsSaidWithFileAndLine() throws IOException {
        write(data.resolve("line/test.jsonl"), "{\"a\": 1}\n[2]x\n");
        fails("line", "test").hasMessageContaining("test.jsonl line 2: ");
        write(data.resolve("list/test.jsonl"), "{\"a\": 1}\n[2]\n");
        fails("list", "test").hasMessageEndingWith("test.jsonl line 2: expected a JSON object, found [2].");
        write(data.resolve("array/test.json"), "[{\"a\": 1},\n\n 3]");
        fails("array", "test").hasMessageEndingWith("test.json line 3: expected a JSON object, found a number.");
        write(data.resolve("more/test.json"), "[{\"a\": 1}]\n{}");
        fails("more", "test").hasMessageContaining("test.json line 2: there is more after the end of the array");
        write(data.resolve("open/test.json"), "[{\"a\": 1},\n{\"a\": 2}");
        fails("open", "test").hasMessageContaining("test.json line 2: ");
        write(data.resolve("huge/test.jsonl"), "{\"a\": 1}\n{\"b\": [1e999]}");
        fails("huge", "test")
                .hasMessageEndingWith("line 2: the field 'b' holds a number beyond the range of a double.");
        write(data.resolve("empty/test.jsonl"), "\n");
        fails("empty", "test").hasMessageContaining("test.jsonl holds no rows");
        write(data.resolve("none/test.json"), "[]");
        fails("none", "test").hasMessageContaining("test.json holds no rows");
        Path gz = write(data.resolve("cut/test.jsonl.gz"), "{\"a\": 1}\n".repeat(1000));
        byte[] whole = Files.readAllBytes(gz);
        Files.write(gz, Arrays.copyOf(whole, whole.length / 2));
        fails("cut", "test")
                .hasMessageMatching(
                        ".*test\\.jsonl\\.gz cannot be read: the compressed file ends in the middle, in line "
                                + "\\d{1,4}, copy or download it again\\.");
    }

    @Test
    void parquetNeedsAPluginAndTheMessageSaysWhich() throws IOException {
        write(data.resolve("p/test.parquet"), "PAR1");
        fails("p", "test")
                .hasMessageContaining("test.parquet is a Parquet file")
                .hasMessageContaining("duckdb_jdbc")
                .hasMessageContaining("plugins/parquet");
        library = new DataSetLibrary(Optional.of(data), grid, cache(), List.of(new OneRow()));
        DataSet read = read("p", null, "test");
        assertThat(joined(read)).isEqualTo("table=test.parquet");
        assertThat(read.fingerprint()).isEqualTo(Sha256.of("PAR1"));
        assertThat(read.rows().getFirst().origin()).endsWith("test.parquet row 1");
    }

    @ParameterizedTest
    @CsvSource({"test.jsonl, test.jsonl.gz", "test.jsonl.gz, test.json", "test.json.gz, test.parquet"})
    void ofSeveralFilesTheSimplerCounts(String first, String second) throws IOException {
        write(data.resolve("s").resolve(second), "{\"a\": 2}");
        write(data.resolve("s").resolve(first), "{\"a\": 1}");
        assertThat(rows("s", "test")).isEqualTo("a=1");
    }

    private record OneRow() implements TableReader {

        @Override
        public String id() {
            return "one";
        }

        @Override
        public String summary() {
            return "One row with the file's name.";
        }

        @Override
        public Set<String> extensions() {
            return Set.of("parquet");
        }

        @Override
        public void read(Path file, Consumer<SequencedMap<String, @Nullable Object>> rows) {
            SequencedMap<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("table", String.valueOf(file.getFileName()));
            rows.accept(row);
        }
    }

    private DataSetLibrary library(Optional<Path> dataFolder) {
        return new DataSetLibrary(dataFolder, grid, cache(), List.of());
    }

    private HubCache cache() {
        return HubCache.of(new Environment(Map.of("HF_HUB_CACHE", hub.toString()), folder, "Linux"));
    }

    private Path snapshot(String repository) throws IOException {
        Path home = hub.resolve("datasets--" + repository.replace("/", "--"));
        Files.createDirectories(home.resolve("refs"));
        Files.writeString(home.resolve("refs/main"), COMMIT);
        return Files.createDirectories(home.resolve("snapshots").resolve(COMMIT));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (file.toString().endsWith(".gz")) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes);
            }
            bytes = packed.toByteArray();
        }
        return Files.write(file, bytes);
    }

    private DataSet read(String path, @Nullable String name, String split) {
        return library.dataSet(new DataSource(path, Optional.ofNullable(name), split, new LinkedHashMap<>()));
    }

    private String rows(String path, String split) {
        return joined(read(path, null, split));
    }

    private static String joined(DataSet set) {
        return String.join(
                ";",
                set.rows().stream()
                        .map(DataRow::fields)
                        .map(fields -> fields.entrySet().stream()
                                .map(field -> field.getKey() + "=" + field.getValue())
                                .toList())
                        .map(fields -> String.join(",", fields))
                        .toList());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> fails(String path, String split) {
        return assertThatThrownBy(() -> read(path, null, split)).isInstanceOf(InputException.class);
    }
}
