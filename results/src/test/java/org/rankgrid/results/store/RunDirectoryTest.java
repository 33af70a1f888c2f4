package org.rankgrid.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.CellSpec;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.NewerSchemaException;
import org.rankgrid.results.cell.PlannedCell;
import org.rankgrid.results.cell.Samples;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;

class RunDirectoryTest {

    private static final CellSpec CELL = Samples.cell("uniform", "0.2");
    private static final String ID = "stories260k-pca-uniform-r0.2-01234567";
    private static final CellResult RESULT = Samples.result(CELL, "0123", Samples.ppl("a", 5));
    private static final List<Item> A = List.of(new Item.Window("a", 0, 3, 1.5), new Item.Window("a", 1, 4, 1.25));
    private static final List<Item> B = List.of(new Item.Window("b", 0, 9, 2.5));

    @TempDir
    private Path temp;

    private RunDirectory run;

    @BeforeEach
    void openRun() {
        run = new RunDirectory(temp.resolve("run"));
    }

    @Test
    void aCellIsAbsentUntilItsResultIsWritten() {
        RankPlan plan = new RankPlan(List.of(new Layer("q", 0, Role.Q, 8, 8)), new int[] {3});
        try (RunClaim claim = run.claim()) {
            claim.writeRanks(ID, plan);
            assertThat(run.state(ID, "0123")).isEqualTo(new CellState.Absent());
            claim.write(ID, RESULT, Map.of("a", A));
        }

        assertThat(run.state(ID, "0123")).isEqualTo(new CellState.Finished(RESULT));
        assertThat(run.read(ID)).contains(RESULT);
        assertThat(run.items(ID)).isEqualTo(A);
        assertThat(run.ranks(ID)).contains(ranks("q", 3));
    }

    @Test
    void addingATaskKeepsTheItemsOfTheOthers() {
        try (RunClaim claim = run.claim()) {
            claim.write(ID, RESULT, Map.of("a", A));
            CellResult later = Samples.result(CELL, "0123", Samples.ppl("b", 7));
            claim.write(ID, run.read(ID).orElseThrow().mergedWith(later), Map.of("b", B));
            assertThat(run.items(ID)).containsExactly(A.get(0), A.get(1), B.get(0));

            List<Item> again = List.of(new Item.Window("a", 0, 3, 1.0));
            claim.write(ID, run.read(ID).orElseThrow().mergedWith(RESULT), Map.of("a", again));
        }

        assertThat(run.items(ID)).containsExactly(again0(), B.get(0));
        assertThat(run.read(ID).orElseThrow().scores()).containsExactly(Samples.ppl("a", 5), Samples.ppl("b", 7));
    }

    @Test
    void addingATaskKeepsTheItemsOfAGroupsParts() {
        List<Item> parts = List.of(choice("g_x", 0), choice("g_y", 0));
        CellResult group = Samples.asked(
                Samples.result(CELL, "0123", Samples.ppl("g", 1), Samples.ppl("g_x", 2), Samples.ppl("g_y", 3)), "g");
        try (RunClaim claim = run.claim()) {
            claim.write(ID, group, Map.of("g", parts));
            CellResult later = Samples.result(CELL, "0123", Samples.ppl("b", 7));
            claim.write(ID, run.read(ID).orElseThrow().mergedWith(later), Map.of("b", B));
        }

        assertThat(run.items(ID)).containsExactly(parts.get(0), parts.get(1), B.get(0));
        assertThat(run.read(ID).orElseThrow().scores()).hasSize(4);
    }

    @Test
    void theSameAnswersGiveTheSameBytes() throws IOException {
        try (RunClaim claim = run.claim()) {
            claim.write(ID, RESULT, Map.of("a", A));
            byte[] first = Files.readAllBytes(run.itemsFile(ID));
            claim.write("other", RESULT, Map.of("a", List.copyOf(A)));
            assertThat(Files.readAllBytes(run.itemsFile("other"))).isEqualTo(first);
        }
    }

    @Test
    void aDamagedResultIsComputedAgainButKept() throws IOException {
        try (RunClaim claim = run.claim()) {
            claim.write(ID, RESULT, Map.of("a", A));
            Files.writeString(run.resultFile(ID), "{\"schema\": 1, \"cell\": {");

            assertThat(run.state(ID, "0123"))
                    .isInstanceOfSatisfying(
                            CellState.Unusable.class,
                            unusable -> assertThat(unusable.reason()).startsWith(run.resultFile(ID) + ":1:"));
            assertThat(run.read(ID)).isEmpty();
            claim.write(ID, Samples.result(CELL, "0123", Samples.ppl("a", 5), Samples.ppl("b", 7)), Map.of("b", B));
        }

        assertThat(run.items(ID)).isEqualTo(B);
        Path folder = run.resultFile(ID).resolveSibling(".");
        assertThat(names(folder))
                .contains("result.json", "items.jsonl")
                .anyMatch(n -> n.matches("result-[0-9a-f]{8}.json"))
                .anyMatch(n -> n.matches("items-[0-9a-f]{8}.jsonl"));
    }

    @Test
    void aResultOfOtherWeightsIsToldApart() {
        try (RunClaim claim = run.claim()) {
            claim.write(ID, RESULT, Map.of());
        }

        assertThat(run.state(ID, "4567"))
                .isEqualTo(new CellState.Unusable(
                        run.resultFile(ID) + " is of other weights than cell " + ID + " of this grid"));
    }

    @Test
    void aNewerResultIsNeverReplaced() throws IOException {
        try (RunClaim claim = run.claim()) {
            claim.write(ID, RESULT, Map.of());
            Files.writeString(run.resultFile(ID), "{\"schema\": 9}");

            assertThatExceptionOfType(NewerSchemaException.class).isThrownBy(() -> run.read(ID));
            assertThatExceptionOfType(NewerSchemaException.class).isThrownBy(() -> claim.write(ID, RESULT, Map.of()));
        }

        assertThat(run.resultFile(ID)).hasContent("{\"schema\": 9}");
    }

    @Test
    void theGridIsKeptAsGivenAndAnEarlierOneBesideIt() throws IOException {
        List<PlannedCell> first = List.of(new PlannedCell(ID, CELL));
        List<PlannedCell> second = List.of(new PlannedCell("dense", CellSpec.dense("m")), first.getFirst());
        try (RunClaim claim = run.claim()) {
            claim.begin(bytes("ratios: [0.2] # first\n"), first);
            claim.begin(bytes("ratios: [0.2] # first\n"), first);
            assertThat(names(run.root())).containsExactlyInAnyOrder(".lock", "cells.json", "grid.yaml");
            claim.write(ID, RESULT, Map.of());

            claim.begin(bytes("ratios: [0.2, 0]\n"), second);
        }

        assertThat(run.root().resolve("grid.yaml")).hasContent("ratios: [0.2, 0]\n");
        assertThat(run.root().resolve("grid-b7dd2e2f.yaml")).hasContent("ratios: [0.2] # first\n");
        assertThat(run.cells()).isEqualTo(second);
        assertThat(run.results()).containsExactly(RESULT);
    }

    @Test
    void whatSomebodyElsePutIntoTheFolderSurvives() throws IOException {
        Files.createDirectories(run.root().resolve("cells/" + ID + "/mine"));
        Files.writeString(run.root().resolve("cells/note"), "text");
        Files.write(run.root().resolve("cells/" + ID + "/mine/junk"), new byte[] {1, 2, 3});
        try (RunClaim claim = run.claim()) {
            claim.begin(bytes("x"), List.of(new PlannedCell(ID, CELL)));
            claim.write(ID, RESULT, Map.of("a", A));
        }

        assertThat(run.results()).containsExactly(RESULT);
        assertThat(run.root().resolve("cells/note")).hasContent("text");
        assertThat(run.root().resolve("cells/" + ID + "/mine/junk")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void aFolderThatIsNoRunIsNamed() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(run::cells)
                .withMessage(run.root()
                        + " is not a run directory: it has no cells.json; name a folder that 'run' has written");
    }

    @Test
    void onlyOneClaimAtATime() {
        try (RunClaim claim = run.claim()) {
            assertThat(claim.directory()).isSameAs(run);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(run::claim)
                    .withMessage(run.root() + " is in use by another run (process "
                            + ProcessHandle.current().pid() + "): wait until it ends, or choose another folder");
        }
        run.claim().close();
    }

    @Test
    void aClaimOnAFileIsASentence() throws IOException {
        Files.writeString(temp.resolve("run"), "a file");

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(run::claim)
                .withMessageContaining("is a file, but a folder was expected");
    }

    @Test
    void anIdThatLeavesTheFolderIsABug() {
        assertThatIllegalArgumentException().isThrownBy(() -> run.read("../secrets"));
    }

    private static Item again0() {
        return new Item.Window("a", 0, 3, 1.0);
    }

    private static SequencedMap<String, Integer> ranks(String key, int rank) {
        return new java.util.LinkedHashMap<>(Map.of(key, rank));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Item choice(String task, int index) {
        return new Item.Choice(task, index, List.of(-1.5, -2.0), 0, new LinkedHashMap<>(Map.of("acc", 1.0)));
    }
}
