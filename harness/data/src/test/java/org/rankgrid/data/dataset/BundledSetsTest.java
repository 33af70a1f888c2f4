package org.rankgrid.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.data.Environment;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;

/** The sets that a fresh clone has, as task files of lm-evaluation-harness name them. */
class BundledSetsTest {

    @TempDir
    private static Path folder;

    private static DataSetLibrary library;

    @BeforeAll
    static void openLibrary() {
        HubCache hub = HubCache.of(new Environment(Map.of("HF_HUB_CACHE", folder.toString()), folder, "Linux"));
        library = new DataSetLibrary(Optional.empty(), folder, hub, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "allenai/ai2_arc, ARC-Easy, test, 2376",
        "arc_easy, , test, 2376",
        "allenai/ai2_arc, ARC-Challenge, test, 1172",
        "arc_challenge, ARC-Challenge, test, 1172",
        "allenai/winogrande, winogrande_xl, validation, 1267",
        "winogrande, , validation, 1267",
        "aps/super_glue, boolq, validation, 3270",
        "google/boolq, , validation, 3270",
        "boolq, , validation, 3270",
        "mmlu, , test, 14042",
        "cais/mmlu, all, test, 14042",
        "cais/mmlu, , dev, 285",
        "cais/mmlu, anatomy, test, 135",
        "hails/mmlu_no_train, anatomy, dev, 5",
        "mmlu, world_religions, test, 171",
    })
    void theyHaveTheirPublishedNumbersOfRows(String path, String name, String split, int rows) {
        assertThat(read(path, name, split).rows()).hasSize(rows);
    }

    @Test
    void everyFieldThatTemplatesReadIsThereInTheRightKind() {
        DataRow arc = read("arc_easy", null, "test").rows().getFirst();
        assertThat(arc.fields()).containsOnlyKeys("id", "question", "choices", "answerKey");
        assertThat(arc.fields())
                .containsEntry(
                        "choices",
                        Map.of(
                                "text",
                                List.of(
                                        "Sunlight is the source of energy for nearly all ecosystems.",
                                        "Most ecosystems are found on land instead of in water.",
                                        "Carbon dioxide is more available than other gases.",
                                        "The producers in all ecosystems are plants."),
                                "label",
                                List.of("A", "B", "C", "D")))
                .containsEntry("answerKey", "A");
        assertThat(arc.origin()).isEqualTo("arc_easy.test.jsonl.gz line 1");
        assertThat(read("winogrande", null, "validation").rows().getLast().fields())
                .containsOnlyKeys("sentence", "option1", "option2", "answer");
        assertThat(read("mmlu", null, "test").rows().get(1).fields())
                .containsEntry("choices", List.of("8", "2", "24", "120"))
                .containsEntry("answer", 2L);
    }

    @Test
    void boolqHasTheLabelOfSuperGlueBesideItsAuthorsAnswer() {
        List<DataRow> rows = read("aps/super_glue", "boolq", "validation").rows();
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.fields().get("label"))
                        .isEqualTo(Boolean.TRUE.equals(row.fields().get("answer")) ? 1L : 0L));
        // The majority answer of the validation split, as its authors report it: 62 %.
        assertThat(rows.stream()
                        .filter(row -> Long.valueOf(1).equals(row.fields().get("label"))))
                .hasSize(2033);
        assertThat(rows.getFirst().fields().sequencedKeySet())
                .containsExactly("question", "passage", "answer", "label");
    }

    @Test
    void the57PartsOfMmluAreTheWholeInItsOrder() {
        DataSet whole = read("mmlu", null, "test");
        Set<String> subjects = new LinkedHashSet<>();
        whole.rows().forEach(row -> subjects.add((String) row.fields().get("subject")));
        assertThat(subjects).hasSize(57);
        List<DataRow> parts = subjects.stream()
                .flatMap(subject -> read("cais/mmlu", subject, "test").rows().stream())
                .toList();
        assertThat(parts.equals(whole.rows())).isTrue();
        assertThat(subjects.stream()
                        .map(subject -> read("cais/mmlu", subject, "test").fingerprint()))
                .doesNotHaveDuplicates()
                .doesNotContain(whole.fingerprint());
        assertThat(subjects)
                .allSatisfy(subject ->
                        assertThat(read("cais/mmlu", subject, "dev").rows()).hasSize(5));
    }

    @Test
    void aFingerprintIsTheHashOfTheUnpackedFile() {
        assertThat(read("arc_easy", null, "test").fingerprint())
                .isEqualTo("874354cf372667530bd6cbd2d78dca2d657c5e2e746f53cf01d1e9d3a90cbc3d")
                .isEqualTo(read("allenai/ai2_arc", "ARC-Easy", "test").fingerprint());
    }

    @Test
    void aSubjectThatMmluLacksIsSaidWithTheNearest() {
        assertThatThrownBy(() -> read("cais/mmlu", "anatomie", "test"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "The data set 'mmlu' has no subject 'anatomie' (did you mean 'anatomy'?): it has"
                                + " abstract_algebra, anatomy, ");
    }

    @Test
    void aSplitThatIsNotBundledIsSaidWithThoseThatAre() {
        assertThatThrownBy(() -> read("arc_easy", null, "tests"))
                .isInstanceOf(InputException.class)
                .hasMessage("The data set 'arc_easy' has no split 'tests' here (did you mean 'test'?): choose test, or"
                        + " put it at arc_easy/tests.jsonl in a data folder (--data or RANKGRID_DATA) or fetch it into"
                        + " the hub's cache with 'hf download --repo-type dataset allenai/ai2_arc'.");
    }

    @Test
    void rowsAreReadOnceAndCannotBeChanged() {
        assertThat(read("arc_easy", null, "test")).isSameAs(read("arc_easy", null, "test"));
        assertThat(read("arc_easy", null, "test").rows().getFirst().fields().get("choices"))
                .isInstanceOfSatisfying(Map.class, choices -> {
                    assertThatThrownBy(choices::clear).isInstanceOf(UnsupportedOperationException.class);
                    assertThat(choices.get("label"))
                            .isInstanceOfSatisfying(
                                    List.class,
                                    labels -> assertThatThrownBy(labels::clear)
                                            .isInstanceOf(UnsupportedOperationException.class));
                });
    }

    @Test
    void theListingSaysWhatIsHereAndWhatIsNot() {
        List<KnownDataSet> known = library.known();
        assertThat(known)
                .filteredOn(set -> set.state() == KnownDataSet.State.BUNDLED)
                .extracting(KnownDataSet::name)
                .containsExactly("arc_easy", "arc_challenge", "winogrande", "boolq", "mmlu");
        assertThat(known).allSatisfy(set -> {
            assertThat(set.about()).endsWith(".");
            assertThat(set.licence()).isNotBlank();
            assertThat(set.splits()).isNotEmpty();
        });
        assertThat(known.stream().filter(set -> set.name().equals("mmlu")).findFirst())
                .hasValueSatisfying(mmlu -> assertThat(mmlu.splits())
                        .extracting(split -> split.name() + " " + split.rows().orElse(-1))
                        .containsExactly("test 14042", "dev 285"));
    }

    private static DataSet read(String path, @Nullable String name, String split) {
        return library.dataSet(new DataSource(path, Optional.ofNullable(name), split, new LinkedHashMap<>()));
    }
}
