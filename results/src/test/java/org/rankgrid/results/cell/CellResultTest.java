package org.rankgrid.results.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
