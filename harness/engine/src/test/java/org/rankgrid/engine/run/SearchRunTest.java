package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.results.cell.AllocationCost;
import org.rankgrid.results.cell.CellCodec;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.results.json.Json;

class SearchRunTest {

    private static final String GRID = """
            name: search
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 2, length: 16}
            validation: {corpus: tinystories-validation, sequences: 3, length: 12}
            factorizations: [svd]
            allocators: [ALLOCATORS]
            ratios: [0.4]
            layers: {exclude: ['*.k_proj', '*.v_proj', '*.o_proj', '*.gate_proj', '*.up_proj']}
            tasks:
              - {id: tinystories, limit: 1}
            """;

    @TempDir
    private Path folder;

    private Searches searches;

    @BeforeEach
    void open() {
        searches = new Searches(folder);
    }

    @AfterEach
    void close() {
        searches.close();
    }

    @Test
    void whatASearchCostAndFoundStandsInItsResult() {
        CellResult result = last(searches.run(grid("searcher"), "run"));

        AllocationCost cost = result.cost().allocation();
        assertThat(cost.trials()).isEqualTo(3);
        assertThat(cost.tokensForwarded()).isEqualTo(3 * 3 * 12);
        assertThat(cost.tokensTrained()).isZero();
        assertThat(cost.seconds()).isPositive().isEqualTo(result.cost().stages().get("allocate"));
        assertThat(result.provenance().facts().get("allocation"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("curve", List.of(1L, 0.5))
                .containsEntry("trials_computed", 3L)
                .containsEntry("trials_not_finite", 0L);
        assertThat(result.provenance().facts()).containsKey("validation");
        byte[] written = CellCodec.write(result).getBytes(StandardCharsets.UTF_8);
        assertThat(CellCodec.read("result.json", written)).isEqualTo(result);
    }

    @Test
    void aResumedSearchRepeatsNoTrial() {
        CellResult first = last(searches.run(grid("searcher"), "one"));
        CellResult second = last(searches.run(grid("searcher"), "two"));

        assertThat(second.cost().allocation().trials()).isEqualTo(3);
        assertThat(second.cost().allocation().tokensForwarded()).isZero();
        assertThat(second.scores()).isEqualTo(first.scores());
    }

    @Test
    void whatARunTookStandsBesideItsCells() throws Exception {
        GridRun.Outcome outcome = searches.run(grid("searcher"), "run");
        searches.run(grid("searcher"), "run");

        List<String> lines = Files.readAllLines(folder.resolve("run/runs.jsonl"));
        assertThat(lines).as("a run that computes nothing leaves none").hasSize(1);
        SequencedMap<String, Object> facts = Json.parse(
                        "runs.jsonl", lines.getFirst().getBytes(StandardCharsets.UTF_8))
                .rest();
        assertThat(facts)
                .containsEntry("computed", 2L)
                .containsEntry("jobs", 1L)
                .containsEntry("failed", 0L);
        assertThat(facts.get("shared"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("calibrate", "decompose", ModelOracles.LOADING);
        double charged = outcome.results().stream()
                        .mapToDouble(cell -> cell.cost().seconds())
                        .sum()
                + outcome.sharedSeconds().values().stream()
                        .mapToDouble(seconds -> seconds)
                        .sum();
        assertThat(((Number) Objects.requireNonNull(facts.get("seconds"))).doubleValue())
                .isGreaterThan(charged);
    }

    @Test
    void aFurtherTaskAllocatesNothingAgain() {
        int before = Searches.calls("searcher");
        CellResult first = last(searches.run(grid("searcher"), "run"));
        assertThat(Searches.calls("searcher")).isEqualTo(before + 1);

        CellResult second = last(searches.run(
                grid("searcher") + "  - {id: concat, corpus: tinystories-test, window: 64, limit: 1}\n", "run"));

        assertThat(Searches.calls("searcher")).isEqualTo(before + 1);
        assertThat(second.score("concat", "ppl")).isPresent();
        assertThat(second.params()).isEqualTo(first.params());
        assertThat(second.cost().allocation()).isEqualTo(first.cost().allocation());
        assertThat(second.provenance().facts().get("allocation"))
                .isEqualTo(first.provenance().facts().get("allocation"));
    }

    @Test
    void aPlanThatIsLostIsAllocatedAgain() throws Exception {
        searches.run(grid("searcher"), "run");
        int before = Searches.calls("searcher");
        Path cells = folder.resolve("run/cells");
        try (Stream<Path> all = Files.walk(cells)) {
            for (Path ranks : all.filter(path -> path.endsWith("ranks.json")).toList()) {
                Files.writeString(ranks, "{}");
            }
        }

        searches.run(grid("searcher") + "  - {id: concat, corpus: tinystories-test, window: 64, limit: 1}\n", "run");

        assertThat(Searches.calls("searcher")).isEqualTo(before + 1);
    }

    @Test
    void anAllocatorStartsFromTheRepairedPlanOfAnother() {
        GridRun.Outcome outcome = searches.run(grid("even, polish, {id: polish, start: searcher}"), "run");

        assertThat(outcome.failed()).isZero();
        CellResult even = outcome.results().get(1);
        CellResult polished = outcome.results().get(2);
        CellResult searched = outcome.results().get(3);
        assertThat(polished.params().orElseThrow().linearKept())
                .isEqualTo(even.params().orElseThrow().linearKept());
        assertThat(polished.scores()).isEqualTo(even.scores());
        assertThat(polished.provenance().facts()).doesNotContainKey("validation");
        assertThat(searched.cell().options()).containsEntry("start", "searcher");
        assertThat(searched.cost().allocation().trials()).isEqualTo(3);
        assertThat(searched.provenance().facts().get("allocation"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .hasEntrySatisfying(
                        "start",
                        start -> assertThat(((Map<?, ?>) start).get("best")).isInstanceOf(Double.class))
                .hasEntrySatisfying(
                        "kept",
                        kept -> assertThat((Long) kept)
                                .isLessThanOrEqualTo(
                                        searched.params().orElseThrow().budget().orElseThrow()));
    }

    @Test
    void whatWasNotDeclaredIsRefused() {
        CellResult result = last(searches.run(grid("curious"), "run"));

        assertThat(result.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error())
                                .contains("allocator curious asks for GRADIENTS without declaring it"));
    }

    private static String grid(String allocators) {
        String text = GRID.replace("ALLOCATORS", allocators);
        return allocators.contains("searcher") ? text : text.replaceAll("(?m)^validation.*\n", "");
    }

    private static CellResult last(GridRun.Outcome outcome) {
        return outcome.results().getLast();
    }
}
