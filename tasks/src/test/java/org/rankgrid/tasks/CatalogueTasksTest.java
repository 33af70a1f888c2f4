package org.rankgrid.tasks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;

class CatalogueTasksTest {

    private static final CorpusLibrary CORPORA = new CorpusLibrary(Optional.empty(), Path.of("."));

    @Test
    void theCatalogueIsFoundAsAPlugin() {
        assertThat(ServiceLoader.load(TaskProvider.class))
                .flatExtracting(TaskProvider::tasks)
                .extracting(Task::id)
                .containsExactly("wikitext2", "tinystories", "concat", "documents");
    }

    @Test
    void everyFileOfTheCatalogueIsListedAndNamedLikeItsTask() throws IOException, URISyntaxException {
        URL folder = requireNonNull(CatalogueTasks.class.getResource("catalogue"));
        URI uri = folder.toURI();
        try (var files = Files.list(Path.of(uri))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(CatalogueTasks.FILES);
        }
        assertThat(CatalogueTasks.FILES)
                .containsExactlyElementsOf(
                        tasks().stream().map(task -> task.id() + ".yaml").toList());
    }

    @Test
    void wikitext2IsTheWholeTestSplitInOneText() {
        Task task = named("wikitext2");

        List<Request> requests = task.requests(CORPORA, Options.defaults(task.options()));

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

        List<Request> requests = task.requests(CORPORA, Options.defaults(task.options()));

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

        assertThat(concat.requests(CORPORA, Options.of(concat.options(), given)))
                .hasSize(1);
        assertThat(documents.requests(CORPORA, Options.of(documents.options(), given)))
                .hasSize(CORPORA.documents("tinystories-validation").size());
    }

    private static List<Task> tasks() {
        return new CatalogueTasks().tasks();
    }

    private static Task named(String id) {
        return tasks().stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
    }
}
