package org.rankgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rankgrid.results.cell.Samples;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.task.Score;

class ScoreTableTest {

    @Test
    void accuraciesHaveFourDecimalsAndAProtocolIsSaidOnce() {
        Table table = ScoreTable.of(
                "smollm2-135m",
                List.of(
                        acc("piqa", "acc", 0.725, OptionalDouble.of(0.0714995069016527)),
                        acc("piqa", "acc_norm", 0.7, OptionalDouble.empty()),
                        Samples.ppl("wikitext2", 19.134321)),
                Set.of("piqa", "wikitext2"));

        assertThat(table.rows())
                .containsExactly(
                        List.of(
                                "piqa",
                                "acc",
                                "0.7250",
                                "0.0715",
                                "40",
                                "choices, bos none, limited to the first items"),
                        List.of("piqa", "acc_norm", "0.7000", "", "40", ""),
                        List.of(
                                "wikitext2",
                                "ppl",
                                "19.1343",
                                "0.050",
                                "400",
                                "documents, window 512, windows 400, tokens 34816, predicted 34416, bos tokenizer"));
        assertThat(table.notes()).isEmpty();
    }

    @Test
    void partsOfAGroupAreOnlyCounted() {
        Table table = ScoreTable.of(
                "smollm2-135m",
                List.of(
                        acc("mmlu", "acc", 0.25, OptionalDouble.empty()),
                        acc("mmlu_stem", "acc", 0.25, OptionalDouble.empty()),
                        acc("mmlu_algebra", "acc", 0.25, OptionalDouble.empty()),
                        acc("mmlu_algebra", "acc_norm", 0.25, OptionalDouble.empty())),
                Set.of("mmlu", "mmlu:num_fewshot=5"));

        assertThat(table.rows()).extracting(List::getFirst).containsExactly("mmlu");
        assertThat(table.notes()).containsExactly("and 2 parts, which JSON output has");
    }

    private static Score acc(String task, String metric, double value, OptionalDouble error) {
        return new Score(
                task, metric, value, error, 40, Samples.map("name", "choices", "bos", "none", "limited", true));
    }
}
