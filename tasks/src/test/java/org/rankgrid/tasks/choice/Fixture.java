package org.rankgrid.tasks.choice;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Request.Continuation;
import org.rankgrid.spi.task.Task;
import org.rankgrid.tasks.CatalogueTasks;

/** The files beside this package's tests, and short ways to ask tasks. */
final class Fixture {

    private static final List<Task> CATALOGUE = new CatalogueTasks().tasks();

    private static final Map<String, CorpusLibrary> LIBRARIES = new ConcurrentHashMap<>();

    private Fixture() {}

    static Path folder() {
        try {
            URI uri = requireNonNull(Fixture.class.getResource("README.md")).toURI();
            return requireNonNull(Path.of(uri).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static CorpusLibrary library(String dataFolder) {
        return LIBRARIES.computeIfAbsent(
                dataFolder, name -> new CorpusLibrary(Optional.of(folder().resolve(name)), Path.of(".")));
    }

    static List<DataRow> lines(String file) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("lines", folder().resolve(file).toString());
        return library("golden")
                .dataSet(new DataSource("json", Optional.empty(), "lines", files))
                .rows();
    }

    static Task catalogue(String id) {
        return CATALOGUE.stream()
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task " + id));
    }

    static Task own(Path file) {
        return new CatalogueTasks().read(file).orElseThrow();
    }

    static Questions ask(Task task, String dataFolder, Map<String, Object> options) {
        return task.questions(library(dataFolder), Options.of(task.options(), options));
    }

    static Request.Choices request(Questions questions, int index) {
        return (Request.Choices) questions.requests().get(index);
    }

    static List<Continuation> continuations(DataRow line) {
        List<String> contexts = texts(line, "contexts");
        List<String> texts = texts(line, "continuations");
        List<Continuation> continuations = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String context = contexts.isEmpty() ? text(line, "context") : contexts.get(i);
            continuations.add(new Continuation(context, texts.get(i)));
        }
        return continuations;
    }

    static Answer.Choices answer(DataRow line, String task) {
        List<Answer.Likelihood> likelihoods = new ArrayList<>();
        List<?> sums = (List<?>) requireNonNull(line.fields().get("loglikelihood"));
        List<?> greedy = (List<?>) requireNonNull(line.fields().get("greedy"));
        for (int i = 0; i < sums.size(); i++) {
            likelihoods.add(new Answer.Likelihood((Double) sums.get(i), 1, (Boolean) greedy.get(i)));
        }
        return new Answer.Choices(task, index(line), likelihoods);
    }

    static int index(DataRow line) {
        return Math.toIntExact((Long) requireNonNull(line.fields().get("index")));
    }

    static String text(DataRow line, String field) {
        return (String) requireNonNull(line.fields().get(field));
    }

    private static List<String> texts(DataRow line, String field) {
        return line.fields().get(field) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }
}
