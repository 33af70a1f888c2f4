package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rankgrid.data.Environment;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;
import org.rankgrid.spi.task.Verdict;

/** What tasks ask and how they judge, without a model: held against lm-evaluation-harness item by item. */
class TasksGoldenTest {

    private static final DataLibrary DATA =
            new CorpusLibrary(Environment.ofProcess().dataFolder(Optional.empty()), Path.of("."));

    @TestFactory
    Stream<DynamicTest> everyItemAsksWhatTheReferenceAsks() {
        return GoldenTask.all().stream().map(golden -> dynamicTest(golden.name(), () -> checkRequests(golden)));
    }

    @TestFactory
    Stream<DynamicTest> everyItemCountsAsInTheReference() {
        return GoldenTask.all().stream().map(golden -> dynamicTest(golden.name(), () -> checkVerdicts(golden)));
    }

    private static void checkRequests(GoldenTask golden) {
        List<Request> requests = golden.questions(task(golden), DATA).requests();
        for (GoldenItem item : golden.items()) {
            assertThat(requests.get(item.index())).isInstanceOfSatisfying(Request.Choices.class, asked -> {
                assertThat(asked.task()).isEqualTo(golden.task());
                assertThat(asked.index()).isEqualTo(item.index());
                item.check(asked);
            });
        }
    }

    private static void checkVerdicts(GoldenTask golden) {
        Questions questions = golden.questions(task(golden), DATA);
        List<Answer> answers = golden.items().stream()
                .<Answer>map(item -> item.answer(golden.task()))
                .toList();
        for (GoldenItem item : golden.items()) {
            Verdict verdict = questions.verdict(item.answer(golden.task()));
            assertThat(verdict.gold()).as("gold of item %d", item.index()).isEqualTo(item.gold());
            for (String metric : List.of("acc", "acc_norm")) {
                if (item.has(metric)) {
                    assertThat(verdict.metrics())
                            .as("item %d", item.index())
                            .containsEntry(metric, item.metric(metric));
                }
            }
        }
        checkScores(golden, questions.scores(answers, new StreamFacts(0, "none", true, 0)));
    }

    /** Means and standard errors of every metric that the reference gives. */
    static void checkScores(GoldenTask golden, List<Score> scores) {
        for (String metric : List.of("acc", "acc_norm")) {
            if (golden.summary().has(metric)) {
                Score score = scores.stream()
                        .filter(candidate -> candidate.metric().equals(metric))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + metric + " among " + scores));
                assertThat(score.n()).isEqualTo(golden.items().size());
                assertThat(score.value())
                        .as(metric)
                        .isCloseTo(golden.summary().required(metric).doubleValue(), within(1e-12));
                assertThat(score.stderr().orElseThrow())
                        .as("standard error of " + metric)
                        .isCloseTo(golden.summary().required(metric + "_stderr").doubleValue(), within(1e-12));
            }
        }
    }

    private static Task task(GoldenTask golden) {
        return ServiceLoader.load(TaskProvider.class).stream()
                .flatMap(provider -> provider.get().tasks().stream())
                .filter(task -> task.id().equals(golden.task()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task " + golden.task()));
    }
}
