package org.rankgrid.tasks.choice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Verdict;

/** The first items of the sets that come with rankgrid, against lm-evaluation-harness 0.4.13 with SmolLM2: every character and every verdict. */
class GoldenItemsTest {

    @ParameterizedTest
    @CsvSource({
        "winogrande, winogrande, 0",
        "arc_easy, arc_easy, 0",
        "arc_challenge, arc_challenge, 0",
        "boolq, boolq, 0",
        "mmlu_abstract_algebra, mmlu_abstract_algebra, 0",
        "mmlu_marketing, mmlu_marketing, 0",
        "mmlu_abstract_algebra_5shot, mmlu_abstract_algebra, 5",
        "mmlu_marketing_5shot, mmlu_marketing, 5"
    })
    void itemsAndVerdictsAreThoseOfTheHarness(String file, String id, long shots) {
        Questions questions = Fixture.ask(Fixture.catalogue(id), "golden", Map.of("num_fewshot", shots));

        for (DataRow line : Fixture.lines("golden/" + file + ".jsonl")) {
            int index = Fixture.index(line);
            assertThat(Fixture.request(questions, index).continuations())
                    .as("item %d", index)
                    .isEqualTo(Fixture.continuations(line));
            Verdict verdict = questions.verdict(Fixture.answer(line, id));
            assertThat((long) verdict.gold())
                    .isEqualTo(requireNonNull(line.fields().get("gold")));
            assertThat(verdict.metrics())
                    .as("item %d", index)
                    .allSatisfy((metric, value) ->
                            assertThat(line.fields().get(metric)).isEqualTo(value));
            assertThat(verdict.metrics().containsKey("acc_norm"))
                    .isEqualTo(line.fields().containsKey("acc_norm"));
        }
    }
}
