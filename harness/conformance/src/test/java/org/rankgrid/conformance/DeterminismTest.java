package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.run.GridRun;
import org.rankgrid.engine.run.Machine;

/** The number of threads and the batch size change no bit of a result, on the backends that promise it. */
class DeterminismTest {

    private static final String GRID = """
            name: determinism
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 9, length: 64}
            factorizations: [pca, svd-llm, fwsvd]
            allocators: [mgaa, equal-energy]
            ratios: [0.2]
            tasks:
              - {id: tinystories, limit: 11}
              - {id: concat, corpus: tinystories-test, window: 96, limit: 11}
            """;

    private static final String SMALL_GRID = """
            name: determinism
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 3, length: 32}
            factorizations: [pca, pca-pooled, fwsvd]
            allocators: [mgaa]
            ratios: [0.2]
            tasks:
              - {id: concat, corpus: tinystories-test, window: 40, limit: 9}
            """;

    @TempDir
    private Path folder;

    /** What a run leaves: its ranks and its items, by path. */
    private record Traces(SortedMap<String, String> ranks, SortedMap<String, String> items) {}

    @Test
    void threadsAndBatchSizeChangeNoBitOnVector() {
        Traces first = run("vector", GRID, 1, 1);
        assertThat(first.ranks()).hasSize(6);
        assertThat(first.items()).hasSize(7);
        assertThat(run("vector", GRID, 2, 8)).isEqualTo(first);
        assertThat(run("vector", GRID, 1, 8)).isEqualTo(first);
        assertThat(run("vector", GRID, 3, 2)).isEqualTo(first);
    }

    @Test
    void threadsAndBatchSizeChangeNoBitOnScalar() {
        Traces first = run("scalar", SMALL_GRID, 1, 1);
        assertThat(first.items()).hasSize(4);
        assertThat(run("scalar", SMALL_GRID, 2, 8)).isEqualTo(first);
    }

    /** Each run has a cache of its own, so that every stage is computed. */
    private Traces run(String backend, String grid, int threads, int batch) {
        Places places = new Places(folder.resolve(backend + threads + "-" + batch));
        try (Machine machine = places.machine(backend, threads)) {
            GridRun.Outcome outcome = places.run(
                    grid, machine, "run", OptionalInt.of(batch), Progress.NONE, (cell, result, failure) -> {});
            assertThat(outcome.failed()).isZero();
            assertThat(outcome.sharedSeconds()).containsKeys("calibrate", "decompose");
        }
        RunFiles files = places.files("run");
        return new Traces(files.texts("ranks.json"), files.texts("items.jsonl"));
    }
}
