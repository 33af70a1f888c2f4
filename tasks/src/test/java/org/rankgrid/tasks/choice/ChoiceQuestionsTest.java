package org.rankgrid.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;

class ChoiceQuestionsTest {

    private static final StreamFacts FACTS = new StreamFacts(0, "tokenizer", false, 0);

    @TempDir
    private Path folder;

    @Test
    void ofEqualLikelihoodsTheFirstIsTheAnswer() throws IOException {
        Questions questions = own("acc", "a", "b");

        assertThat(questions.verdict(answer(0, -2, -2)).metrics()).containsEntry("acc", 1.0);
        assertThat(questions.verdict(answer(1, -2, -2)).metrics()).containsEntry("acc", 0.0);
    }

    @Test
    void lengthsAreInCodePointsOrInBytesWithoutTheDelimiter() throws IOException {
        // One code point of four bytes and of two UTF-16 units, against two code points of one byte each.
        Questions questions = own("acc_norm", "\uD83D\uDE00", "bb");
        Questions bytes = own("acc_bytes", "\uD83D\uDE00", "bb");

        // Per code point -3 and -2.5, per unit -1.5 and -2.5, per byte -0.75 and -2.5.
        assertThat(questions.verdict(answer(0, -3, -5)).metrics()).containsEntry("acc_norm", 0.0);
        assertThat(bytes.verdict(answer(0, -3, -5)).metrics()).containsEntry("acc_bytes", 1.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aLikelihoodThatIsNotFiniteIsAnError(double value) throws IOException {
        Questions questions = own("acc", "a", "b");
        Questions passages = Fixture.ask(Fixture.catalogue("lambada_openai"), "reference/data", Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> questions.scores(List.of(answer(0, -1, value)), FACTS))
                .withMessageContaining("item 0 of mine has a log-likelihood of");
        assertThatIllegalArgumentException().isThrownBy(() -> passages.scores(List.of(word(0, value)), FACTS));
    }

    @Test
    void thePerplexityHasTheErrorOfTheMeanLikelihoodToFirstOrder() {
        Questions questions = Fixture.ask(Fixture.catalogue("lambada_openai"), "reference/data", Map.of());
        List<Answer> answers = new ArrayList<>(List.of(word(0, -1), word(1, -3)));

        Score perplexity = questions.scores(answers, FACTS).getFirst();

        assertThat(perplexity.metric()).isEqualTo("perplexity");
        assertThat(perplexity.value()).isCloseTo(Math.exp(2), within(1e-12));
        // The standard error of the mean of 1 and 3 is 1.
        assertThat(perplexity.stderr()).hasValueCloseTo(Math.exp(2), within(1e-12));
        assertThat(perplexity.protocol()).containsEntry("unverified", true).containsEntry("limited", true);
    }

    @Test
    void aSingleItemHasNoStandardErrorAndAPerplexityBeyondAllNumbersIsLeftOut() {
        Questions questions = Fixture.ask(Fixture.catalogue("lambada_openai"), "reference/data", Map.of());

        List<Score> scores = questions.scores(List.of(word(0, -1000)), FACTS);

        assertThat(scores).singleElement().satisfies(score -> {
            assertThat(score.metric()).isEqualTo("acc");
            assertThat(score.stderr()).isEmpty();
        });
        assertThat(questions.scores(List.of(), FACTS)).isEmpty();
    }

    @Test
    void theProtocolSaysHowItWasMeasured() throws IOException {
        Score score = own("acc", "a", "b")
                .scores(List.of(answer(0, -1, -2), answer(1, -1, -2)), new StreamFacts(0, "none", false, 7))
                .getFirst();

        assertThat(score.protocol().keySet())
                .containsExactly("name", "shots", "bos", "version", "dataset", "data", "items", "truncated");
        assertThat(score.protocol())
                .containsEntry("name", "choices")
                .containsEntry("shots", 0L)
                .containsEntry("bos", "none")
                .containsEntry("version", "2.5")
                .containsEntry("dataset", "json test")
                .containsEntry("items", 2L)
                .containsEntry("truncated", 7L);
        assertThat(score.protocol().get("data")).asString().matches("[0-9a-f]{8}");
    }

    @Test
    void theFingerprintChangesWithWhatIsAskedAndWithTheData() throws IOException {
        String plain = own("acc", "a", "b").fingerprint();

        assertThat(own("acc", "a", "b").fingerprint()).isEqualTo(plain);
        assertThat(own("acc_norm", "a", "b").fingerprint()).isNotEqualTo(plain);
        assertThat(own("acc", "a", "c").fingerprint()).isNotEqualTo(plain);
    }

    @Test
    void theHarnesssOwnNamesOfFunctionsAreKnownBesideTheirDataSet() throws IOException {
        Path file = Files.writeString(folder.resolve("h.yaml"), """
                task: h
                dataset_path: Rowan/hellaswag
                validation_split: validation
                output_type: multiple_choice
                process_docs: !function utils.process_docs
                doc_to_text: "{{query}}"
                doc_to_target: gold
                doc_to_choice: choices
                """);
        Questions questions = Fixture.ask(Fixture.own(file), "reference/data", Map.of());
        Questions catalogue = Fixture.ask(Fixture.catalogue("hellaswag"), "reference/data", Map.of());

        for (int i = 0; i < catalogue.requests().size(); i++) {
            assertThat(Fixture.request(questions, i).continuations())
                    .isEqualTo(Fixture.request(catalogue, i).continuations());
        }
    }

    private Questions own(String metric, String first, String second) throws IOException {
        Files.writeString(
                folder.resolve(metric + first + second + ".jsonl"), """
                {"first": "%s", "second": "%s", "gold": 0}
                {"first": "%s", "second": "%s", "gold": 1}
                """.formatted(first, second, first, second));
        Path file = Files.writeString(folder.resolve("my.yaml"), """
                task: mine
                dataset_path: json
                dataset_kwargs: {data_files: {test: %s.jsonl}}
                test_split: test
                output_type: multiple_choice
                doc_to_text: ""
                doc_to_choice: "{{[first, second]}}"
                doc_to_target: gold
                metric_list: [{metric: %s}]
                metadata: {version: 2.5}
                """.formatted(metric + first + second, metric));
        return Fixture.ask(Fixture.own(file), "golden", Map.of());
    }

    private static Answer.Choices answer(int index, double first, double second) {
        return new Answer.Choices(
                "mine",
                index,
                List.of(new Answer.Likelihood(first, 1, false), new Answer.Likelihood(second, 1, false)));
    }

    private static Answer.Choices word(int index, double sum) {
        return new Answer.Choices("lambada_openai", index, List.of(new Answer.Likelihood(sum, 2, true)));
    }
}
