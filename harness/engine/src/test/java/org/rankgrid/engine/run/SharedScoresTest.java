package org.rankgrid.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.Progress;
import org.rankgrid.results.cell.CellResult;

class SharedScoresTest {

    private static final String GRID = """
            name: shared
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 2, length: 16}
            factorizations: [svd]
            allocators: [even, polish]
            ratios: [0.4]
            layers: {exclude: ['*.k_proj', '*.v_proj', '*.o_proj', '*.gate_proj', '*.up_proj']}
            tasks:
              - {id: tinystories, limit: 1}
            """;

    private static final String FURTHER = "  - {id: concat, corpus: tinystories-test, window: 64, limit: 1}\n";
    private static final String TASK = "tinystories";

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
    void cellsOfEqualPlansAreScoredOnce() throws IOException {
        GridRun.Outcome outcome = searches.run(GRID, "run");

        CellResult even = outcome.results().get(1);
        CellResult polished = outcome.results().get(2);
        assertThat(even.provenance().scoredWith(TASK)).isEmpty();
        assertThat(even.cost().tokens()).isPositive();
        assertThat(polished.provenance().scoredWith(TASK)).isEqualTo(Optional.of(id("even")));
        assertThat(polished.scores()).isEqualTo(even.scores());
        assertThat(file(id("polish"), "items.jsonl")).isEqualTo(file(id("even"), "items.jsonl"));
        assertThat(file(id("polish"), "ranks.json")).isEqualTo(file(id("even"), "ranks.json"));
        assertThat(polished.params().orElseThrow().linearKept())
                .isEqualTo(even.params().orElseThrow().linearKept());
        assertThat(polished.params().orElseThrow().raw())
                .as("of its own wish")
                .isNotEqualTo(even.params().orElseThrow().raw());
    }

    @Test
    void whatWasNotRunIsNotClaimed() {
        CellResult polished = searches.run(GRID, "run").results().get(2);

        assertThat(polished.cost().tokens()).isZero();
        assertThat(polished.cost().scoringSeconds()).isZero();
        assertThat(polished.cost().stages()).containsOnlyKeys("allocate");
        assertThat(polished.cost().allocation().seconds()).isPositive();
    }

    @Test
    void aPlanThatFactorsNothingIsTheDenseModel() {
        GridRun.Outcome outcome = searches.run(GRID.replace("even, polish", "whole"), "run");

        CellResult dense = outcome.results().get(0);
        CellResult whole = outcome.results().get(1);
        assertThat(whole.provenance().scoredWith(TASK)).isEqualTo(Optional.of(id("dense")));
        assertThat(whole.scores()).isEqualTo(dense.scores());
    }

    @Test
    void seedsThatChangeNothingAreScoredOnce() {
        GridRun.Outcome outcome = searches.run(
                GRID.replace("even, polish", "even").replace("length: 16}", "length: 16, seed: 5}") + "seeds: [0, 1]\n",
                "run");

        assertThat(outcome.results()).hasSize(3);
        assertThat(outcome.results().get(1).cost().tokens()).isPositive();
        assertThat(outcome.results().get(2).cost().tokens()).isZero();
        assertThat(outcome.results().get(2).scores())
                .isEqualTo(outcome.results().get(1).scores());
    }

    @Test
    void otherRanksOrAnotherDecompositionAreScoredForThemselves() {
        GridRun.Outcome outcome = searches.run(
                GRID.replace("even, polish", "even").replace("[0.4]", "[0.4, 0.5]") + "seeds: [0, 1]\n", "run");

        assertThat(outcome.results()).hasSize(5).allSatisfy(result -> {
            assertThat(result.provenance().scoredWith(TASK)).isEmpty();
            assertThat(result.cost().tokens()).isPositive();
        });
    }

    @Test
    void aResumedRunTakesScoresFromCellsThatAreThere() throws IOException {
        CellResult first = searches.run(GRID, "run").results().get(2);
        Files.delete(folder.resolve("run/cells").resolve(id("polish")).resolve("result.json"));

        CellResult again = searches.run(GRID, "run").results().get(2);

        assertThat(again.provenance().scoredWith(TASK)).isEqualTo(Optional.of(id("even")));
        assertThat(again.scores()).isEqualTo(first.scores());
    }

    @Test
    void scoresOfAnotherBackendOrDamagedItemsAreNotTakenOver() throws IOException {
        searches.run(GRID, "run");
        Path cells = folder.resolve("run/cells");
        Path result = cells.resolve(id("even")).resolve("result.json");
        String text = Files.readString(result);
        assertThat(text).contains("f64 sums");
        Files.writeString(result, text.replace("f64 sums", "f32 sums"));
        Files.delete(cells.resolve(id("polish")).resolve("result.json"));
        assertThat(searches.run(GRID, "run").results().get(2).provenance().scoredWith(TASK))
                .isEmpty();

        Files.writeString(result, text);
        Files.writeString(cells.resolve(id("even")).resolve("items.jsonl"), "{\n{}\n");
        Files.delete(cells.resolve(id("polish")).resolve("result.json"));
        CellResult again = searches.run(GRID, "run").results().get(2);
        assertThat(again.provenance().scoredWith(TASK)).isEmpty();
        assertThat(again.cost().tokens()).isPositive();
    }

    @Test
    void aFurtherTaskIsTakenOverToo() {
        searches.run(GRID, "run");

        GridRun.Outcome outcome = searches.run(GRID + FURTHER, "run");

        CellResult even = outcome.results().get(1);
        CellResult polished = outcome.results().get(2);
        assertThat(even.cost().tokens()).isPositive();
        assertThat(polished.cost().tokens()).isZero();
        assertThat(polished.provenance().scoredWith(TASK)).isEqualTo(Optional.of(id("even")));
        assertThat(polished.provenance().scoredWith("concat")).isEqualTo(Optional.of(id("even")));
        assertThat(polished.scores()).isEqualTo(even.scores());
    }

    @Test
    void searchesOfOneDecompositionShareTheModelTheyLoad() {
        List<String> titles = Collections.synchronizedList(new ArrayList<>());
        Progress progress = (title, total, unit) -> {
            titles.add(title);
            return Progress.NONE.begin(title, total, unit);
        };
        String grid = GRID.replace("even, polish", "searcher").replace("[0.4]", "[0.4, 0.5]") + """
                seeds: [0, 1]
                validation: {corpus: tinystories-validation, sequences: 2, length: 12, seed: 0}
                """;

        GridRun.Outcome outcome = searches.run(grid, "run", progress);

        assertThat(outcome.failed()).isZero();
        assertThat(outcome.results().stream()
                        .skip(1)
                        .map(cell -> cell.cell().seed().getAsLong()))
                .containsExactly(0L, 1L, 0L, 1L);
        assertThat(titles).filteredOn(ModelOracles.LOADING::equals).hasSize(2);
    }

    private String id(String part) {
        try (Stream<Path> cells = Files.list(folder.resolve("run/cells"))) {
            return cells.map(cell -> cell.getFileName().toString())
                    .filter(name -> name.contains("-" + part + "-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String cell, String name) throws IOException {
        return Files.readString(folder.resolve("run/cells").resolve(cell).resolve(name));
    }
}
