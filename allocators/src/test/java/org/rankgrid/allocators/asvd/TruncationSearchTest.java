package org.rankgrid.allocators.asvd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.asvd.TruncationSearch.Entry;

/** The micro-test of ALGORITHMS D.4: module A with 100 parameters, B with 300. */
class TruncationSearchTest {

    private static final TruncationSearch SEARCH = new TruncationSearch(
            List.of(
                    new Entry(0, 0.5, 20),
                    new Entry(0, 0.7, 12),
                    new Entry(0, 0.9, 10.5),
                    new Entry(1, 0.5, 11),
                    new Entry(1, 0.7, 10.8),
                    new Entry(1, 0.9, 10.2)),
            new long[] {100, 300});

    @Test
    void eachCutLeavesItsShare() {
        double[] expected = {0.5, 0.55, 0.6, 0.75, 0.9, 0.925, 1};
        for (int cut = 0; cut < expected.length; cut++) {
            assertThat(SEARCH.kept(SEARCH.behind(cut))).isCloseTo(expected[cut], within(1e-12));
        }
    }

    @Test
    void theReleasedSearchMayKeepTooMuch() {
        assertThat(SEARCH.kept(SEARCH.released(0.7))).isCloseTo(0.75, within(1e-12));
        assertThat(SEARCH.kept(SEARCH.released(0.8))).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void theCleanSearchTakesTheLastCutWithinTheTarget() {
        assertThat(SEARCH.kept(SEARCH.clean(0.7))).isCloseTo(0.6, within(1e-12));
        assertThat(SEARCH.kept(SEARCH.clean(0.8))).isCloseTo(0.75, within(1e-12));
        assertThat(SEARCH.clean(0.6)).containsExactly(0.9, 0.5);
        assertThat(SEARCH.clean(1)).containsExactly(1, 1);
        assertThat(SEARCH.clean(0.1)).containsExactly(0.5, 0.5);
    }
}
