package org.rankgrid.tasks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;
import org.rankgrid.tasks.file.TaskLocation;

class CatalogueTasksTest {

    private static final List<Task> TASKS = new CatalogueTasks().tasks();
    private static final CorpusLibrary CORPORA = new CorpusLibrary(Optional.empty(), Path.of("."));

    @Test
    void theCatalogueIsFoundAsAPlugin() {
        assertThat(ServiceLoader.load(TaskProvider.class))
                .flatExtracting(TaskProvider::tasks)
                .extracting(Task::id)
                .contains("wikitext2", "wikitext", "tinystories", "concat", "documents", "ptb-gptq", "c4-new");
    }

    @Test
    void everyFileOfTheCatalogueIsATaskNamedLikeIt() throws IOException, URISyntaxException {
        URL folder = requireNonNull(CatalogueTasks.class.getResource("catalogue"));
        URI uri = folder.toURI();
        try (var files = Files.walk(Path.of(uri))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.startsWith("_"))
                            .map(name -> name.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            tasks().stream().map(Task::id).toList());
        }
    }

    @Test
    void theIndexSaysWhatTheFilesSay() throws IOException {
        Path right = Files.writeString(Path.of("target", "catalogue-index.tsv"), CatalogueTasks.index());

        assertThat(new TaskLocation.InCatalogue("index.tsv").text())
                .as("the index; %s is what the files say: copy it over catalogue/index.tsv", right)
                .isEqualTo(CatalogueTasks.index());
    }

    @Test
    void aTaskOfTheIndexIsListedAsItsFileDescribesIt() {
        for (String id : List.of("wikitext2", "wikitext", "concat", "c4-bolaco", "boolq", "mmlu", "mmlu_marketing")) {
            Task listed = named(id);
            Task read = CatalogueTasks.inCatalogue((id.startsWith("mmlu") ? "mmlu/" : "") + id + ".yaml");

            assertThat(listed.id()).isEqualTo(read.id());
            assertThat(listed.summary()).isEqualTo(read.summary());
            assertThat(listed.version()).isEqualTo(read.version());
            assertThat(listed.options()).isEqualTo(read.options());
        }
    }

    @Test
    void aLineOfTheIndexThatIsDamagedIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CatalogueEntry.parse("boolq.yaml\tboolq\t1"))
                .withMessageContaining("3 columns, not 5");
    }

    @Test
    void everySummaryIsASentenceAndSaysWhatIsUnverified() {
        assertThat(tasks()).extracting(Task::summary).allMatch(summary -> summary.endsWith("."));
        assertThat(tasks().stream().filter(task -> task.summary().contains("unverified")))
                .extracting(Task::id)
                .contains("hellaswag", "mathqa", "sciq", "race", "lambada_openai")
                .doesNotContain("piqa", "boolq");
    }

    @Test
    void mmluIsAGroupOfFourGroupsAndFiftySevenSubjects() {
        List<String> ids = tasks().stream()
                .map(Task::id)
                .filter(id -> id.startsWith("mmlu"))
                .toList();

        assertThat(ids)
                .hasSize(1 + 4 + 57)
                .startsWith("mmlu", "mmlu_stem", "mmlu_other", "mmlu_social_sciences", "mmlu_humanities")
                .doesNotHaveDuplicates();
    }

    @Test
    void theWholeBundledSetsCanBeAsked() {
        assertThat(choices("arc_easy")).hasSize(2376);
        assertThat(choices("arc_challenge")).hasSize(1172);
        assertThat(choices("winogrande")).hasSize(1267);
        assertThat(choices("boolq")).hasSize(3270);
        assertThat(choices("mmlu")).hasSize(14042);
        assertThat(choices("mmlu_stem")).hasSize(3153);
    }

    @Test
    void aSetThatDoesNotComeWithRankgridSaysSo() {
        Task task = named("piqa");

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> task.questions(CORPORA, Options.defaults(task.options())))
                .withMessageContaining("piqa");
    }

    @Test
    void aTaskOfOnesOwnIsReadFromItsFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.YML"), """
                task: mine
                output_type: perplexity
                dataset_path: some/corpus.txt
                protocol: documents
                window: 128
                metadata: {version: 1}
                description: What it measures.
                """);

        assertThat(new CatalogueTasks().read(file)).map(Task::id).contains("mine");
        assertThat(new CatalogueTasks().read(folder.resolve("mine.json"))).isEmpty();
    }

    private static List<Request> choices(String id) {
        Task task = named(id);
        return task.questions(CORPORA, Options.defaults(task.options())).requests();
    }

    @Test
    void wikitext2IsTheWholeTestSplitInOneText() {
        Task task = named("wikitext2");

        List<Request> requests =
                task.questions(CORPORA, Options.defaults(task.options())).requests();

        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst()).isInstanceOfSatisfying(Request.Passage.class, passage -> {
            assertThat(passage.cut()).isEqualTo(Request.Cut.CONCAT);
            assertThat(passage.window()).isEqualTo(2048);
            assertThat(passage.text()).startsWith("\n\n = Robert Boulter = \n\n\n\n\n Robert Boulter is");
        });
    }

    @Test
    void tinystoriesIsFourHundredDocuments() {
        Task task = named("tinystories");

        List<Request> requests =
                task.questions(CORPORA, Options.defaults(task.options())).requests();

        assertThat(requests)
                .hasSize(400)
                .allSatisfy(request -> assertThat(request).isInstanceOfSatisfying(Request.Passage.class, passage -> {
                    assertThat(passage.cut()).isEqualTo(Request.Cut.DOCUMENT);
                    assertThat(passage.window()).isEqualTo(512);
                    assertThat(passage.text()).isNotBlank().doesNotContain("\n\n");
                }));
    }

    @Test
    void anyCorpusCanBeMeasuredUnderEitherProtocol() {
        Map<String, Object> given = Map.of("corpus", "tinystories-validation", "window", 64L);
        Task concat = named("concat");
        Task documents = named("documents");

        assertThat(concat.questions(CORPORA, Options.of(concat.options(), given))
                        .requests())
                .hasSize(1);
        assertThat(documents
                        .questions(CORPORA, Options.of(documents.options(), given))
                        .requests())
                .hasSize(CORPORA.documents("tinystories-validation").size());
    }

    private static List<Task> tasks() {
        return TASKS;
    }

    private static Task named(String id) {
        return tasks().stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
    }
}
