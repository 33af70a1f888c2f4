package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.results.cell.AllocationCost;
import org.rankgrid.results.cell.CellResult;

/**
 * Allocators that measure while they run find the same plan on any number of threads, whatever the caches hold, and after a
 * stop in their middle.
 */
class SearchRunsTest {

    private static final int MASK_STEPS = 6;
    private static final int LENGTH = 64;

    private static final String GRID =
            """
            name: searches
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 6, length: LENGTH}
            validation: {corpus: tinystories-validation, sequences: 6, length: 48}
            factorizations: [pca]
            allocators:
              - {id: component-fisher, sequences: 3, steps: 3}
              - {id: ara, steps: MASK_STEPS, length: LENGTH}
              - {id: bayesian, trials: 12, candidates: 500}
              - {id: local-search, from: uniform, trials: 16, guide-sequences: 3}
            ratios: [0.2]
            tasks:
              - {id: concat, corpus: tinystories-test, window: 48, limit: 2}
            """.replace("MASK_STEPS", Integer.toString(MASK_STEPS)).replace("LENGTH", Integer.toString(LENGTH));

    private static final int SEARCHES = 4;

    @TempDir
    private static Path folder;

    /** An installation whose cache the first run has filled. */
    private static Places places;

    private static Run first;

    /** The results of the searches, in the order of the grid, and the files of all cells. */
    private record Run(List<CellResult> searches, RunFiles files) {

        long sum(ToLongFunction<AllocationCost> cost) {
            return searches.stream()
                    .mapToLong(result -> cost.applyAsLong(result.cost().allocation()))
                    .sum();
        }

        /** How many trials took a pass through the model. */
        long trialsComputed() {
            return searches.stream()
                    .map(result -> result.provenance().facts().get("allocation"))
                    .mapToLong(facts ->
                            facts instanceof Map<?, ?> map && map.get("trials_computed") instanceof Long count
                                    ? count
                                    : 0)
                    .sum();
        }

        long failed() {
            return searches.stream().filter(CellResult::failed).count();
        }
    }

    /** Stops every search that comes so far; counts the trials that were begun and not stopped. */
    private static final class Stops implements Progress {

        private long trials;

        @Override
        public Step begin(String title, long total, String unit) {
            if (title.equals("trial 8") || title.equals("mask step 4")) {
                throw new IllegalStateException("stopped at " + title);
            }
            trials += title.startsWith("trial ") ? 1 : 0;
            return NONE.begin(title, total, unit);
        }

        long trials() {
            return trials;
        }
    }

    @BeforeAll
    static void runWithNothingInTheCache() {
        places = new Places(folder.resolve("first"));
        first = run(places, 1, "run", Progress.NONE);
        assertThat(first.failed()).isZero();
        assertThat(first.sum(AllocationCost::tokensTrained)).isGreaterThan(MASK_STEPS * LENGTH);
        assertThat(first.trialsComputed()).isBetween(20L, first.sum(AllocationCost::trials));
    }

    @Test
    void threadsChangeNoPlan() {
        Run second = run(new Places(folder.resolve("second")), 2, "run", Progress.NONE);

        assertSamePlans(second);
        assertThat(second.files.texts("items.jsonl")).isEqualTo(first.files.texts("items.jsonl"));
        assertThat(second.trialsComputed()).isEqualTo(first.trialsComputed());
    }

    @Test
    void aFullCacheChangesNoPlanAndSparesEveryTrial() {
        Run again = run(places, 2, "again", Progress.NONE);

        assertSamePlans(again);
        assertThat(again.sum(AllocationCost::trials)).isEqualTo(first.sum(AllocationCost::trials));
        assertThat(again.trialsComputed()).isZero();
        assertThat(again.sum(AllocationCost::tokensForwarded)).isZero();
        // Only masks are trained again: nothing of a training is kept.
        assertThat(again.sum(AllocationCost::tokensTrained)).isEqualTo(MASK_STEPS * LENGTH);
    }

    @Test
    void stoppedSearchesGoOnWithoutRepeatingATrial() {
        Places stopped = new Places(folder.resolve("stopped"));
        Stops stops = new Stops();
        Run half = run(stopped, 2, "half", stops);
        assertThat(half.failed()).isEqualTo(SEARCHES - 1);

        Run whole = run(stopped, 2, "whole", Progress.NONE);

        assertSamePlans(whole);
        assertThat(stops.trials()).isEqualTo(2 * 7);
        assertThat(whole.trialsComputed()).isEqualTo(first.trialsComputed() - stops.trials());
    }

    private static void assertSamePlans(Run run) {
        assertThat(run.failed()).isZero();
        assertThat(run.files.texts("ranks.json")).hasSize(SEARCHES).isEqualTo(first.files.texts("ranks.json"));
    }

    private static Run run(Places places, int threads, String out, Progress progress) {
        List<CellResult> searches = new ArrayList<>();
        try (Machine machine = places.machine("vector", threads)) {
            places.run(GRID, machine, out, OptionalInt.empty(), progress, (cell, result, failure) -> {
                if (!cell.isDense()) {
                    searches.add(result);
                }
            });
        }
        assertThat(searches).hasSize(SEARCHES);
        return new Run(searches, places.files(out));
    }
}
