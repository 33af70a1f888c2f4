package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.spi.allocate.Need;

/** Allocators and factorizations meet only in a grid: whatever one measures, the other may be asked for. */
class CombinationsTest {

    private static final List<String> FACTORIZATIONS =
            List.of("svd", "asvd", "fwsvd", "pca", "svd-llm", "pca-centred", "pca-pooled");

    /** One for every need, by id. */
    private static final List<String> ALLOCATORS =
            List.of("mgaa", "equal-energy", "component-fisher", "bayesian", "ara", "local-search");

    private static final String EVERY_FACTORIZATION = """
            name: combinations
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 8, length: 48, groups: 4}
            validation: {corpus: tinystories-validation, sequences: 3, length: 32}
            factorizations: FACTORIZATIONS
            allocators:
              - mgaa
              - equal-energy
              - {id: component-fisher, sequences: 2, steps: 2}
              - {id: bayesian, trials: 5, candidates: 200}
              - {id: ara, steps: 2, length: 48}
              - {id: local-search, from: uniform, trials: 5, guide-sequences: 2}
            ratios: [0.25]
            tasks:
              - {id: concat, corpus: tinystories-test, window: 48, limit: 2}
            """.replace("FACTORIZATIONS", FACTORIZATIONS.toString());

    /** In two blocks alone, so that those that try every layer have few to try. */
    private static final String EVERY_ALLOCATOR = """
            name: allocators
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 2, length: 256}
            validation: {corpus: tinystories-validation, sequences: 2, length: 24}
            factorizations: [pca-pooled]
            allocators: ALLOCATORS
            ratios: [0.25]
            layers: {exclude: ['model.layers.1.*', 'model.layers.2.*', 'model.layers.3.*']}
            tasks:
              - {id: concat, corpus: tinystories-test, window: 48, limit: 1}
            """;

    /** Those that are not named by their id alone, as they would train for long. */
    private static final Map<String, String> GIVEN = Map.of(
            "ara", "{id: ara, steps: 2}",
            "tanh-mask", "{id: tanh-mask, steps: 2}");

    /** What one more rank of the widest layer costs: no repair leaves more unspent. */
    private static final long LARGEST_RANK_COST = 64 + 172;

    @TempDir
    private Path folder;

    /** What came of a grid but for the dense model, in its order. */
    private record Cells(List<Compression> compressions, List<CellResult> results) {}

    @Test
    void everyFactorizationRunsWithAnAllocatorOfEveryNeed() {
        Cells cells = run(EVERY_FACTORIZATION);

        assertThat(needs(cells)).containsExactlyInAnyOrder(Need.values());
        assertThat(cells.compressions)
                .extracting(compression -> compression.factorization().id() + " "
                        + compression.allocator().id())
                .doesNotHaveDuplicates()
                .hasSize(FACTORIZATIONS.size() * ALLOCATORS.size());
        assertThat(cells.results).allSatisfy(CombinationsTest::checkResult);
    }

    @Test
    void everyAllocatorRuns() {
        List<String> ids = new Places(folder)
                .installation().plugins().allocators().ids().stream()
                        .filter(id -> !id.equals("ranks"))
                        .toList();

        Cells cells = run(EVERY_ALLOCATOR.replace(
                "ALLOCATORS",
                ids.stream().map(id -> GIVEN.getOrDefault(id, id)).toList().toString()));

        assertThat(cells.compressions)
                .extracting(compression -> compression.allocator().id())
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(cells.results).allSatisfy(CombinationsTest::checkResult);
    }

    private Cells run(String grid) {
        Places places = new Places(folder);
        Cells cells = new Cells(new ArrayList<>(), new ArrayList<>());
        try (Machine machine = places.machine("vector", 2)) {
            places.run(grid, machine, "run", OptionalInt.empty(), Progress.NONE, (cell, result, failure) -> {
                failure.ifPresent(Throwable::printStackTrace);
                cell.compression().ifPresent(compression -> {
                    cells.compressions.add(compression);
                    cells.results.add(result);
                });
            });
        }
        return cells;
    }

    private static Set<Need> needs(Cells cells) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        cells.compressions.forEach(compression -> needs.addAll(
                compression.allocator().plugin().needs(compression.allocator().options())));
        return needs;
    }

    private static void checkResult(CellResult result) {
        assertThat(result.outcome()).as("%s", result.cell()).isEqualTo(new Outcome.Ok());
        assertThat(result.score("concat", "ppl"))
                .hasValueSatisfying(
                        score -> assertThat(score.value()).isFinite().isGreaterThan(1));
        assertThat(result.params()).hasValueSatisfying(params -> {
            long budget = params.budget().orElseThrow();
            assertThat(params.linearKept())
                    .as("parameters kept by %s", result.cell())
                    .isBetween(budget - LARGEST_RANK_COST, budget);
        });
    }
}
