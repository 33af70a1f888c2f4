package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.grid.Compression;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.spi.allocate.Need;

/** Every factorization with an allocator for every need: what one measures, the other may be asked for. */
class CombinationsTest {

    private static final List<String> FACTORIZATIONS =
            List.of("svd", "asvd", "fwsvd", "pca", "svd-llm", "pca-centred", "pca-pooled");

    private static final String GRID = """
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

    private static final List<String> ALLOCATORS =
            List.of("mgaa", "equal-energy", "component-fisher", "bayesian", "ara", "local-search");

    @TempDir
    private static Path folder;

    private static final List<Compression> COMPRESSIONS = new ArrayList<>();
    private static final List<CellResult> RESULTS = new ArrayList<>();

    @BeforeAll
    static void runAll() {
        Places places = new Places(folder);
        try (Machine machine = places.machine("vector", 2)) {
            places.run(GRID, machine, "run", OptionalInt.empty(), Progress.NONE, (cell, result, failure) -> {
                failure.ifPresent(Throwable::printStackTrace);
                cell.compression().ifPresent(compression -> {
                    COMPRESSIONS.add(compression);
                    RESULTS.add(result);
                });
            });
        }
    }

    @AfterAll
    static void forget() {
        COMPRESSIONS.clear();
        RESULTS.clear();
    }

    @Test
    void everyNeedIsAskedFor() {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        COMPRESSIONS.forEach(compression -> needs.addAll(
                compression.allocator().plugin().needs(compression.allocator().options())));
        assertThat(needs).containsExactlyInAnyOrder(Need.values());
    }

    @Test
    void everyAllocatorRunsWithEveryFactorization() {
        assertThat(RESULTS).hasSize(FACTORIZATIONS.size() * ALLOCATORS.size()).allSatisfy(result -> {
            assertThat(result.outcome()).as("%s", result.cell()).isEqualTo(new Outcome.Ok());
            assertThat(result.score("concat", "ppl"))
                    .hasValueSatisfying(
                            score -> assertThat(score.value()).isFinite().isGreaterThan(1));
        });
        assertThat(new TreeSet<>(COMPRESSIONS.stream()
                        .map(compression -> compression.factorization().id() + " "
                                + compression.allocator().id())
                        .toList()))
                .hasSize(RESULTS.size());
    }

    @Test
    void everyPlanMeetsItsBudget() {
        assertThat(RESULTS)
                .allSatisfy(result -> assertThat(result.params()).hasValueSatisfying(params -> {
                    long budget = params.budget().orElseThrow();
                    assertThat(params.linearKept()).as("%s", result.cell()).isBetween(budget - 200, budget);
                }));
    }
}
