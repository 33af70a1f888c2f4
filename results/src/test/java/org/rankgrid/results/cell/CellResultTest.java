package org.rankgrid.results.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.task.Score;

class CellResultTest {

    private static final CellSpec CELL = Samples.cell("uniform", "0.2");

    @Test
    void laterScoresReplaceTheirTaskAndKeepTheOthers() {
        CellResult first = Samples.result(CELL, "x", Samples.ppl("a", 5), Samples.ppl("b", 6));
        CellResult later = Samples.result(CELL, "x", Samples.ppl("c", 8), Samples.ppl("b", 7));

        CellResult merged = first.mergedWith(later);

        assertThat(merged.scores()).containsExactly(Samples.ppl("a", 5), Samples.ppl("b", 7), Samples.ppl("c", 8));
        assertThat(merged.provenance().tasks().keySet()).containsExactly("a", "b", "c");
        assertThat(merged.cost().seconds()).isEqualTo(5);
        assertThat(merged.cost().tokens()).isEqualTo(2 * 34_816);
        assertThat(merged.cost().stages()).containsEntry("score", 4.0);
    }

    @Test
    void whereScoresWereTakenFromStaysWithTheScores() {
        CellResult first = lent(Map.of("a", "cell-1", "b", "cell-1"), Samples.ppl("a", 5), Samples.ppl("b", 6));
        CellResult later = lent(Map.of("c", "cell-2"), Samples.ppl("b", 7), Samples.ppl("c", 8));

        Provenance merged = first.mergedWith(later).provenance();

        assertThat(merged.scoredWith("a")).contains("cell-1");
        assertThat(merged.scoredWith("b")).isEmpty();
        assertThat(merged.scoredWith("c")).contains("cell-2");
        assertThat(first.scoresOf("b")).containsExactly(Samples.ppl("b", 6));
        assertThat(first.scoresOf("c")).isEmpty();
        assertThat(CellCodec.read("result.json", CellCodec.write(first).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(first);
    }

    private static CellResult lent(Map<String, String> lenders, Score... scores) {
        CellResult result = Samples.result(CELL, "x", scores);
        return new CellResult(
                result.cell(),
                result.outcome(),
                result.params(),
                result.scores(),
                result.cost(),
                result.provenance().scoredWith(lenders));
    }

    @Test
    void aFailureLaterOnKeepsWhatWasKnown() {
        CellResult first = Samples.result(CELL, "x", Samples.ppl("a", 5));

        CellResult merged = first.mergedWith(Samples.failed(CELL, "x", "no data"));

        assertThat(merged.failed()).isTrue();
        assertThat(merged.params()).isEqualTo(first.params());
        assertThat(merged.scores()).isEqualTo(List.of(Samples.ppl("a", 5)));
    }

    @Test
    void differentWeightsAreNotMerged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.result(CELL, "x").mergedWith(Samples.result(CELL, "y")));
    }

    @Test
    void aTaskCountsAsScoredOnlyWithItsFingerprint() {
        CellResult result = Samples.result(CELL, "x", Samples.ppl("a", 5));

        assertThat(result.hasTask("a", "fingerprint of a")).isTrue();
        assertThat(result.hasTask("a", "another")).isFalse();
        assertThat(result.hasTask("b", "fingerprint of a")).isFalse();
    }

    @Test
    void partsOfAGroupStayAndGoWithIt() {
        CellResult first =
                group(Samples.ppl("a", 1), Samples.ppl("g", 2), Samples.ppl("g_x", 3), Samples.ppl("g_y", 4));
        CellResult later = Samples.result(CELL, "x", Samples.ppl("b", 5));
        CellResult again = group(Samples.ppl("g", 6), Samples.ppl("g_x", 7));

        assertThat(first.withParts("g")).containsExactly("g", "g_x", "g_y");
        assertThat(first.withParts("a")).containsExactly("a");
        assertThat(first.isAsked("g")).isTrue();
        assertThat(first.isAsked("g_x")).isFalse();
        CellResult added = first.mergedWith(later);
        assertThat(added.scores()).extracting(score -> score.value()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(added.mergedWith(again).scores())
                .extracting(score -> score.value())
                .containsExactly(1.0, 6.0, 7.0, 5.0);
    }

    @Test
    void aTaskMayBeAskedForBesideAGroupThatHasIt() {
        CellResult before = Samples.asked(
                Samples.result(
                        CELL, "x", Samples.ppl("a", 1), Samples.ppl("g", 2), Samples.ppl("a", 3), Samples.ppl("b", 4)),
                "a",
                "g");
        assertThat(before.withParts("a")).containsExactly("a");
        assertThat(before.withParts("g")).containsExactly("g", "a", "b");
        assertThat(before.score("a", "ppl")).contains(Samples.ppl("a", 1));

        CellResult after = Samples.asked(
                Samples.result(CELL, "x", Samples.ppl("g", 2), Samples.ppl("a", 3), Samples.ppl("b", 4)), "g");
        CellResult added = after.mergedWith(Samples.result(CELL, "x", Samples.ppl("a", 1)));
        assertThat(added.withParts("g")).containsExactly("g", "a", "b");
        assertThat(added.withParts("a")).containsExactly("a");
        assertThat(added.score("a", "ppl")).contains(Samples.ppl("a", 1));
        assertThat(added.score("b", "ppl")).contains(Samples.ppl("b", 4));
        assertThat(added.withParts("none")).containsExactly("none");
    }

    private static CellResult group(Score... scores) {
        return Samples.asked(Samples.result(CELL, "x", scores), "a", "g");
    }
}
