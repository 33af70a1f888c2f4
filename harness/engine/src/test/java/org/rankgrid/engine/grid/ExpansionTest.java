package org.rankgrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.allocate.Need;

class ExpansionTest {

    private static final String GRID = """
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 64, length: 256}
            allocators: [uniform, {id: mgaa, alpha: [0.2, 0.35]}]
            ratios: [0.1, 0.2]
            seeds: [0, 3]
            tasks: [tinystories]
            """;

    private record Facts(String model, String corpus, String decompositions, String stages) implements Fingerprints {

        @Override
        public String model(String reference) {
            return model + reference.substring(reference.lastIndexOf('/') + 1);
        }

        @Override
        public String corpus(String name) {
            return corpus + name;
        }

        @Override
        public Optional<String> oracle(Need need) {
            return need == Need.TRIALS ? Optional.of("trial/1") : Optional.empty();
        }
    }

    private static final Facts FACTS = new Facts("m-", "c-", "java 1", "calibrate 1");

    @TempDir
    Path folder;

    private List<Cell> expand(Fingerprints facts, String... settings) {
        GridSpec grid =
                GridFile.parse("grid.yaml", GRID, folder, List.of(settings), TestPlugins.ALL, TestPlugins.NAMES);
        return Expansion.of(grid, facts);
    }

    private Set<String> ids(Fingerprints facts, String... settings) {
        return expand(facts, settings).stream().map(Cell::id).collect(Collectors.toSet());
    }

    private static String slug(Cell cell) {
        return cell.id().substring(0, cell.id().length() - 9);
    }

    @Test
    void cellsComeModelByModelTheSeedFastest() {
        List<Cell> cells = expand(FACTS);
        assertThat(cells)
                .extracting(ExpansionTest::slug)
                .containsExactly(
                        "stories260k-dense",
                        "stories260k-pca-uniform-r0.1",
                        "stories260k-pca-uniform-r0.1-s3",
                        "stories260k-pca-uniform-r0.2",
                        "stories260k-pca-uniform-r0.2-s3",
                        "stories260k-pca-mgaa-alpha-0.2-r0.1",
                        "stories260k-pca-mgaa-alpha-0.2-r0.1-s3",
                        "stories260k-pca-mgaa-alpha-0.2-r0.2",
                        "stories260k-pca-mgaa-alpha-0.2-r0.2-s3",
                        "stories260k-pca-mgaa-r0.1",
                        "stories260k-pca-mgaa-r0.1-s3",
                        "stories260k-pca-mgaa-r0.2",
                        "stories260k-pca-mgaa-r0.2-s3");
        assertThat(cells.getFirst().isDense()).isTrue();
        assertThat(cells.get(2)
                        .compression()
                        .orElseThrow()
                        .calibration()
                        .sample()
                        .seed())
                .hasValue(3);
        assertThat(expand(FACTS)).isEqualTo(cells);
    }

    @Test
    void anIdIsTheHashOfWhatDeterminesTheWeights() throws Exception {
        Cell cell = expand(FACTS).get(6);
        String identity =
                "{\"model\":\"m-stories260k\",\"calibration\":{\"corpus\":\"c-tinystories\",\"sequences\":64,\"length\":256,\"seed\":3,\"groups\":32},"
                        + "\"factorization\":{\"id\":\"pca\",\"version\":\"1\",\"options\":{}},"
                        + "\"allocator\":{\"id\":\"mgaa\",\"version\":\"3\",\"options\":{\"alpha\":0.2,\"group\":\"joint\",\"skip\":0,\"within\":true}},"
                        + "\"ratio\":\"0.1\",\"seed\":3,\"exclude\":[],\"decompositions\":\"java 1\",\"stages\":\"calibrate 1\"}";
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
        assertThat(cell.identity()).isEqualTo(hash);
        assertThat(cell.id()).isEqualTo("stories260k-pca-mgaa-alpha-0.2-r0.1-s3-" + hash.substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calibration.corpus=other",
                "calibration.sequences=63",
                "calibration.length=128",
                "calibration.groups=8",
                "factorizations=[damped]",
                "layers.exclude=['*.k_proj']"
            })
    void whatDeterminesWeightsChangesEveryIdButTheDenseOne(String setting) {
        Set<String> before = ids(FACTS);
        Set<String> after = ids(FACTS, setting);
        after.retainAll(before);
        assertThat(after).singleElement().asString().startsWith("stories260k-dense-");
    }

    @Test
    void contentsAndVersionsChangeIds() {
        Set<String> before = ids(FACTS);
        for (Facts facts : List.of(
                new Facts("m-", "d-", "java 1", "calibrate 1"),
                new Facts("m-", "c-", "java 2", "calibrate 1"),
                new Facts("m-", "c-", "java 1", "calibrate 2"))) {
            Set<String> after = ids(facts);
            after.retainAll(before);
            assertThat(after).hasSize(1);
        }
        assertThat(ids(new Facts("n-", "c-", "java 1", "calibrate 1"))).doesNotContainAnyElementsOf(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks=[wikitext2]",
                "limit=3",
                "name=other",
                "threads=1",
                "backend=scalar",
                "models=[elsewhere/stories260k]",
                "ratios=[2e-1, 0.10]",
                "seeds=[3, 0]",
                "validation={corpus: a, sequences: 1, length: 2}",
                "allocators=[{id: mgaa, alpha: 0.350}, {id: mgaa, skip: 0, alpha: 2e-1}, uniform]"
            })
    void whatDoesNotDetermineWeightsChangesNoId(String setting) {
        assertThat(ids(FACTS, setting)).isEqualTo(ids(FACTS));
    }

    @Test
    void aNewPointOfAnAxisKeepsTheOtherIds() {
        assertThat(ids(FACTS, "ratios=[0.05, 0.1, 0.2]", "seeds=[0, 1, 3]", "models=[other, stories260k]"))
                .containsAll(ids(FACTS));
    }

    @Test
    void aSeedOfTheCalibrationHoldsForAllCells() {
        assertThat(expand(FACTS, "calibration.seed=5"))
                .filteredOn(cell -> !cell.isDense())
                .allSatisfy(cell -> assertThat(cell.compression()
                                .orElseThrow()
                                .calibration()
                                .sample()
                                .seed())
                        .hasValue(5));
    }

    @Test
    void equalModelsUnderTwoNamesAreOneCell() {
        assertThat(expand(FACTS, "models=[a/stories260k, b/stories260k]")).hasSameSizeAs(expand(FACTS));
    }

    @Test
    void aFixedPlanIsOneCellWithoutRatioAndItsFileIsItsIdentity() throws IOException {
        Files.writeString(folder.resolve("r.json"), "{\"a\": 1}");
        Files.writeString(folder.resolve("same.json"), "{\"a\": 1}");
        Files.writeString(folder.resolve("other.json"), "{\"a\": 2}");
        String seeds = "seeds=[0]";
        List<Cell> cells = expand(FACTS, seeds, "allocators=[{id: ranks, file: r.json}]");
        assertThat(cells).hasSize(2);
        Cell ranks = cells.getLast();
        assertThat(slug(ranks)).isEqualTo("stories260k-pca-ranks-file-r");
        assertThat(ranks.compression().orElseThrow().ratio()).isEmpty();
        assertThat(expand(FACTS, seeds, "allocators=[{id: ranks, file: same.json}]")
                        .getLast()
                        .identity())
                .isEqualTo(ranks.identity());
        assertThat(expand(FACTS, seeds, "allocators=[{id: ranks, file: other.json}]")
                        .getLast()
                        .identity())
                .isNotEqualTo(ranks.identity());
    }

    private static final String VALIDATION = "validation={corpus: a, sequences: 1, length: 2}";

    @Test
    void theValidationTextIsTheIdentityOfThoseThatSearchAlone() {
        String allocators = "allocators=[uniform, searcher, {id: polish, start: searcher}]";
        List<Cell> before = expand(FACTS, allocators, VALIDATION, "ratios=[0.1]", "seeds=[0]");
        List<Cell> after = expand(FACTS, allocators, VALIDATION, "validation.length=3", "ratios=[0.1]", "seeds=[0]");

        assertThat(before).hasSize(4);
        assertThat(after.get(1)).isEqualTo(before.get(1));
        assertThat(after.get(2).identity()).isNotEqualTo(before.get(2).identity());
        assertThat(after.get(3).identity()).isNotEqualTo(before.get(3).identity());
        assertThat(before.get(1).compression().orElseThrow().validation()).isEmpty();
        assertThat(before.get(3).compression().orElseThrow().validation()).isPresent();
    }

    @Test
    void theAllocatorStartedFromIsPartOfTheIdentityAndTheName() {
        String one = "ratios=[0.1]";
        String seeds = "seeds=[0]";
        List<Cell> cells = expand(
                FACTS,
                one,
                seeds,
                "allocators=[polish, {id: polish, start: mgaa}, {id: polish, start: {id: mgaa, alpha: 0.5}}, {id:"
                        + " polish, start: none}]");

        assertThat(cells.subList(1, 5))
                .extracting(ExpansionTest::slug)
                .containsExactly(
                        "stories260k-pca-polish-r0.1",
                        "stories260k-pca-polish-start-mgaa-r0.1",
                        "stories260k-pca-polish-start-mgaa-alpha-0.5-r0.1",
                        "stories260k-pca-polish-start-none-r0.1");
        assertThat(expand(FACTS, one, seeds, "allocators=[{id: polish, start: {id: mgaa, alpha: 0.35}}]")
                        .getLast()
                        .id())
                .isEqualTo(cells.get(2).id());
        assertThat(expand(FACTS, one, seeds, "allocators=[{id: polish, start: uniform}]")
                        .getLast()
                        .id())
                .isEqualTo(cells.get(1).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/", ".hidden", "a b/\u00dcber:Modell*?.gguf", "CON", "x/", "''''", "\ud83d\ude00"})
    void anIdIsFitForAFileNameWhateverTheModelIsCalled(String model) {
        for (Cell cell : expand(FACTS, "models=['" + model + "']")) {
            assertThat(cell.id())
                    .matches("[a-z0-9][a-z0-9.-]*-[0-9a-f]{8}")
                    .doesNotContain("..")
                    .hasSizeLessThanOrEqualTo(109);
        }
    }

    @Test
    void longNamesAreCut() {
        String name = Arrays.stream(new String[60]).map(_ -> "name").collect(Collectors.joining("-"));
        assertThat(expand(FACTS, "models=[" + name + "]"))
                .allSatisfy(cell -> assertThat(cell.id()).hasSizeLessThanOrEqualTo(109));
    }
}
