package org.rankgrid.tasks.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;

class GroupTaskTest {

    private static final StreamFacts FACTS = new StreamFacts(0, "none", true, 3);

    @Test
    void mmluPoolsItsSubjectsByTheirSizes() {
        Questions questions = Fixture.ask(Fixture.catalogue("mmlu"), "golden", Map.of());
        List<Answer> answers = new ArrayList<>();
        for (Request request : questions.requests()) {
            Request.Choices item = (Request.Choices) request;
            // The first three of abstract algebra right, the first two of marketing wrong.
            if (item.task().equals("mmlu_abstract_algebra") && item.index() < 4) {
                answers.add(answer(questions, item, item.index() < 3));
            } else if (item.task().equals("mmlu_marketing") && item.index() < 2) {
                answers.add(answer(questions, item, false));
            }
        }

        List<Score> scores = questions.scores(answers, FACTS);

        assertThat(scores)
                .extracting(Score::task)
                .containsExactly("mmlu", "mmlu_stem", "mmlu_other", "mmlu_abstract_algebra", "mmlu_marketing");
        Score all = scores.getFirst();
        assertThat(all.metric()).isEqualTo("acc");
        assertThat(all.n()).isEqualTo(6);
        assertThat(all.value()).isEqualTo(0.5);
        // Standard errors 1/4 of four items and 0 of two: sqrt(3 * 4 / 16 / (6 - 2) / 6).
        assertThat(all.stderr()).hasValueCloseTo(Math.sqrt(0.75 / 4 / 6), within(1e-15));
        assertThat(all.protocol())
                .containsEntry("name", "choices")
                .containsEntry("shots", 0L)
                .containsEntry("bos", "none")
                .containsEntry("tasks", 2L)
                .containsEntry("limited", true)
                .containsEntry("truncated", 3L)
                .doesNotContainKey("unverified");
        assertThat(scores.get(3).protocol())
                .containsEntry("dataset", "cais/mmlu abstract_algebra test")
                .containsEntry("items", 100L)
                .containsEntry("limited", true)
                .doesNotContainKey("truncated");
    }

    @Test
    void theOptionsOfAGroupAreThoseOfAllItsTasks() {
        Questions questions =
                Fixture.ask(Fixture.catalogue("mmlu"), "golden", Map.of("num_fewshot", 5L, "bos", "none"));

        assertThat(questions.requests())
                .allSatisfy(request -> assertThat(request).isInstanceOfSatisfying(Request.Choices.class, item -> {
                    assertThat(item.bos()).isEqualTo(Request.Bos.NONE);
                    assertThat(item.continuations().getFirst().context().split("\nAnswer:", -1))
                            .hasSizeGreaterThanOrEqualTo(7);
                }));
    }

    @Test
    void tasksWithDifferentDefaultsKeepThem() {
        GroupTask group = (GroupTask) Fixture.own(Fixture.folder().resolve("reference/own_group.yaml"));

        assertThat(group.options()).extracting(OptionSpec::name).containsExactly("num_fewshot", "bos");
        assertThat(group.options().getFirst().defaultValue()).contains(-1L);
    }

    @Test
    void fingerprintsTellGroupsTasksAndOptionsOfTheirFilesApart() {
        assertThat(List.of(
                        fingerprint("mmlu"),
                        fingerprint("mmlu_stem"),
                        fingerprint("mmlu_marketing"),
                        fingerprint("mmlu_virology"),
                        fingerprint("arc_easy"),
                        fingerprint("arc_challenge")))
                .doesNotHaveDuplicates();
        assertThat(fingerprint("mmlu")).isEqualTo(fingerprint("mmlu"));
        assertThat(Fixture.ask(Fixture.catalogue("mmlu"), "golden", Map.of("num_fewshot", 5L))
                        .fingerprint())
                .isNotEqualTo(fingerprint("mmlu"));
    }

    @Test
    void aGroupOfOnesOwnTakesFilesBesideItAndTasksOfTheCatalogue(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), """
                include: theirs.yaml
                task: mine
                """);
        Files.writeString(folder.resolve("theirs.yaml"), """
                task: theirs
                dataset_path: allenai/winogrande
                dataset_name: winogrande_xl
                validation_split: validation
                output_type: multiple_choice
                doc_to_text: !function preprocess_winogrande.doc_to_text
                doc_to_target: !function preprocess_winogrande.doc_to_target
                doc_to_choice: !function preprocess_winogrande.doc_to_choice
                """);
        Path group = Files.writeString(folder.resolve("group.yaml"), """
                group: ours
                task: [mine, theirs.yaml, winogrande]
                """);

        assertThat(((GroupTask) Fixture.own(group)).leaves())
                .extracting(ChoiceTask::id)
                .containsExactly("mine", "theirs", "winogrande");
    }

    @Test
    void aTagStandsForTheTasksBesideTheGroupThatHaveIt(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), """
                dataset_path: aps/super_glue
                dataset_name: boolq
                validation_split: validation
                output_type: multiple_choice
                doc_to_text: question
                doc_to_target: label
                doc_to_choice: ["no", "yes"]
                """);
        Files.writeString(folder.resolve("b.yaml"), "include: base.yaml\ntask: b\ntag: [mine, yours]\n");
        Files.writeString(folder.resolve("a.yaml"), "include: base.yaml\ntask: a\ntag: mine\n");
        Path group = Files.writeString(folder.resolve("group.yaml"), "group: ours\ntask: mine\n");

        assertThat(((GroupTask) Fixture.own(group)).leaves())
                .extracting(ChoiceTask::id)
                .containsExactly("a", "b");
    }

    @Test
    void aGroupInItselfOrATaskTwiceIsASentence(@TempDir Path folder) throws IOException {
        Path self = Files.writeString(folder.resolve("self.yaml"), "group: self\ntask: [self]\n");
        Path twice = Files.writeString(folder.resolve("twice.yaml"), "group: twice\ntask: [boolq, boolq]\n");

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Fixture.own(self))
                .withMessageContaining("self.yaml:2:8 the group 'self' holds itself");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Fixture.own(twice))
                .withMessageContaining("holds 'boolq' twice");
    }

    @Test
    void answersThatAreNoneAreRefused() {
        Questions questions = Fixture.ask(Fixture.catalogue("mmlu_stem"), "golden", Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> questions.verdict(new Answer.Choices("mmlu_marketing", 0, List.of())))
                .withMessageContaining("there is no item 0 of mmlu_marketing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> questions.verdict(new Answer.Choices("mmlu_anatomy", 0, likelihoods(0, Double.NaN))))
                .withMessageContaining("has a log-likelihood of NaN");
    }

    private static String fingerprint(String id) {
        return Fixture.ask(Fixture.catalogue(id), "golden", Map.of()).fingerprint();
    }

    private static Answer answer(Questions questions, Request.Choices item, boolean right) {
        Answer.Choices guess = new Answer.Choices(item.task(), item.index(), likelihoods(0, -1));
        int gold = questions.verdict(guess).gold();
        return new Answer.Choices(item.task(), item.index(), likelihoods(right ? gold : (gold + 1) % 4, -1));
    }

    private static List<Answer.Likelihood> likelihoods(int best, double value) {
        List<Answer.Likelihood> likelihoods = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            likelihoods.add(new Answer.Likelihood(i == best ? value : -2, 1, false));
        }
        return likelihoods;
    }
}
