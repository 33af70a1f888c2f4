package org.rankgrid.tasks.choice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Task;

/** Rows made up here, against what lm-evaluation-harness 0.4.13 made of them (reference/make.py). */
class ReferenceTest {

    private static final StreamFacts FACTS = new StreamFacts(0, "none", false, 0);
    private static final List<DataRow> EXPECTED = Fixture.lines("reference/expected.jsonl");
    private static final List<DataRow> SCORES = Fixture.lines("reference/scores.jsonl");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hellaswag",
                "mathqa",
                "sciq",
                "race",
                "lambada_openai",
                "winogrande",
                "own_examples",
                "own_words",
                "own_contexts",
                "own_continuation"
            })
    void requestsVerdictsAndScoresAreThoseOfTheHarness(String id) {
        Questions questions = Fixture.ask(task(id), "reference/data", Map.of());
        List<Answer> answers = new ArrayList<>();
        for (DataRow line : of(EXPECTED, id)) {
            int index = Fixture.index(line);
            assertThat(Fixture.request(questions, index).continuations())
                    .as("item %d", index)
                    .isEqualTo(Fixture.continuations(line));
            Answer.Choices answer = Fixture.answer(line, id);
            answers.add(answer);
            Map<?, ?> metrics = (Map<?, ?>) requireNonNull(line.fields().get("metrics"));
            SequencedMap<String, Double> verdict = questions.verdict(answer).metrics();
            assertThat(verdict)
                    .as("item %d", index)
                    .allSatisfy(
                            (metric, value) -> assertThat(metrics.get(metric)).isEqualTo(value));
            assertThat(metrics.keySet()).allMatch(metric -> "perplexity".equals(metric) || verdict.containsKey(metric));
        }
        assertThat(questions.requests()).hasSameSizeAs(answers);
        assertScores(questions.scores(answers, FACTS), id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"own_group", "own_plain_group"})
    void groupsArePooledAsTheHarnessPools(String id) {
        Questions questions = Fixture.ask(task(id), "reference/data", Map.of());
        List<Answer> answers = new ArrayList<>();
        for (String leaf : List.of("own_examples", "own_words")) {
            of(EXPECTED, leaf).forEach(line -> answers.add(Fixture.answer(line, leaf)));
        }

        List<Score> scores = questions.scores(answers, FACTS);

        assertScores(scores.subList(0, 1), id);
        assertScores(
                scores.stream()
                        .filter(score -> score.task().equals("own_words"))
                        .toList(),
                "own_words");
    }

    private static Task task(String id) {
        return id.startsWith("own_")
                ? Fixture.own(Fixture.folder().resolve("reference").resolve(id + ".yaml"))
                : Fixture.catalogue(id);
    }

    private static List<DataRow> of(List<DataRow> lines, String task) {
        return lines.stream()
                .filter(line -> Fixture.text(line, "task").equals(task))
                .toList();
    }

    private static void assertScores(List<Score> scores, String id) {
        List<DataRow> expected = of(SCORES, id);
        assertThat(scores).hasSameSizeAs(expected);
        for (Score score : scores) {
            DataRow line = expected.stream()
                    .filter(row -> Fixture.text(row, "metric").equals(score.metric()))
                    .findFirst()
                    .orElseThrow();
            double value = (Double) requireNonNull(line.fields().get("value"));
            assertThat(score.value()).isCloseTo(value, within(1e-12 * Math.max(1, value)));
            assertThat((long) score.n()).isEqualTo(line.fields().get("n"));
            if (line.fields().get("stderr") instanceof Double stderr) {
                assertThat(score.stderr()).hasValueCloseTo(stderr, within(1e-14));
            }
        }
    }
}
