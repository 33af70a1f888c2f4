package org.rankgrid.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.cli.Main;
import org.rankgrid.engine.run.GridRun;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.results.cell.CellResult;

/** Nothing that is finished is computed again: after a stop, after a kill, for another task, in another folder. */
class ResumeTest {

    private static final int CELLS = 7;

    private static final String GRID = """
            name: resume
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 4, length: 64}
            allocators: [uniform, equal-energy]
            ratios: [0.1, 0.2, 0.3]
            tasks:
              - {id: tinystories, limit: 4}
            """;

    private static final String ANOTHER_TASK =
            GRID + "  - {id: concat, corpus: tinystories-test, window: 64, limit: 4}\n";

    @TempDir
    private Path folder;

    private Places places;
    private Machine machine;

    @BeforeEach
    void open() {
        places = new Places(folder);
        machine = places.machine("vector", 2);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    /** Thrown by a listener to stop a run in its middle. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Stops a run as soon as some cells have been computed. */
    private static GridRun.Listener stopAfter(int cells) {
        List<CellResult> computed = new ArrayList<>();
        return (cell, result, failure) -> {
            computed.add(result);
            if (computed.size() == cells) {
                throw new Stop();
            }
        };
    }

    private GridRun.Outcome run(String grid, String out, Titles titles) {
        return places.run(grid, machine, out, OptionalInt.empty(), titles, (cell, result, failure) -> {});
    }

    @Test
    void aStoppedRunGoesOnWithoutRedoingAFinishedCell() {
        assertThatThrownBy(() -> places.run(GRID, machine, "run", OptionalInt.empty(), new Titles(), stopAfter(3)))
                .isInstanceOf(Stop.class);
        RunFiles stopped = places.files("run").finished();
        assertThat(stopped.results()).isEqualTo(3);

        Titles titles = new Titles();
        GridRun.Outcome outcome = run(GRID, "run", titles);
        assertThat(outcome.computed()).isEqualTo(CELLS - 3);
        assertThat(outcome.reused()).isEqualTo(3);
        assertThat(outcome.failed()).isZero();
        assertThat(titles.begun()).doesNotContain("calibrate", "decompose");
        RunFiles finished = places.files("run");
        assertThat(finished.results()).isEqualTo(CELLS);
        assertThat(finished.ofCellsIn(stopped)).isEqualTo(stopped);
    }

    @Test
    void aFinishedRunComputesNothing() {
        GridRun.Outcome first = run(GRID, "run", new Titles());
        assertThat(first.computed()).isEqualTo(CELLS);
        RunFiles finished = places.files("run");

        Titles titles = new Titles();
        GridRun.Outcome second = run(GRID, "run", titles);
        assertThat(second.computed()).isZero();
        assertThat(second.reused()).isEqualTo(CELLS);
        assertThat(second.results()).isEqualTo(first.results());
        assertThat(titles.begun()).containsExactly("resume");
        assertThat(places.files("run")).isEqualTo(finished);
    }

    @Test
    void anotherTaskIsScoredAloneAndTheEarlierScoresStay() {
        run(GRID, "run", new Titles());
        RunFiles before = places.files("run");

        Titles titles = new Titles();
        GridRun.Outcome outcome = run(ANOTHER_TASK, "run", titles);
        assertThat(outcome.computed()).isEqualTo(CELLS);
        assertThat(titles.begun()).hasSize(1 + CELLS).containsOnly("resume", "concat");
        for (CellResult result : outcome.results()) {
            assertThat(result.score("tinystories", "ppl")).isPresent();
            assertThat(result.score("concat", "ppl")).isPresent();
        }
        RunFiles after = places.files("run");
        assertThat(after.texts("ranks.json")).isEqualTo(before.texts("ranks.json"));
        before.texts("items.jsonl")
                .forEach((path, items) ->
                        assertThat(after.texts("items.jsonl").get(path)).startsWith(items));
    }

    @Test
    void theCacheServesAnotherRunDirectory() {
        GridRun.Outcome first = run(GRID, "one", new Titles());
        assertThat(first.sharedSeconds()).containsOnlyKeys("calibrate", "decompose");

        Titles titles = new Titles();
        GridRun.Outcome second = run(GRID, "two", titles);
        assertThat(second.computed()).isEqualTo(CELLS);
        assertThat(second.sharedSeconds()).isEmpty();
        assertThat(titles.begun()).hasSize(1 + CELLS).containsOnly("resume", "tinystories");
        assertThat(places.files("two").texts("ranks.json"))
                .isEqualTo(places.files("one").texts("ranks.json"));
        assertThat(places.files("two").texts("items.jsonl"))
                .isEqualTo(places.files("one").texts("items.jsonl"));
    }

    @Test
    void aDecompositionLeftHalfDoneIsCarriedOnWith() throws IOException {
        run(GRID, "one", new Titles());
        Path decomposition = onlyFolderIn(folder.resolve("cache").resolve("decompositions"));
        Files.delete(decomposition.resolve("complete"));
        Files.delete(decomposition.resolve("layer-00003.safetensors"));
        Files.delete(decomposition.resolve("layer-00034.safetensors"));
        SortedMap<String, FileTime> left = layerFiles(decomposition);

        Titles titles = new Titles();
        run(GRID, "two", titles);
        assertThat(titles.begun()).doesNotContain("calibrate").containsOnlyOnce("decompose");
        assertThat(layerFiles(decomposition)).hasSize(left.size() + 2).containsAllEntriesOf(left);
        assertThat(places.files("two").texts("items.jsonl"))
                .isEqualTo(places.files("one").texts("items.jsonl"));
    }

    @Test
    void aKilledProcessLeavesARunThatGoesOn() throws IOException, InterruptedException {
        Path grid = Files.writeString(folder.resolve("grid.yaml"), GRID.replace("limit: 4", "limit: 40"));
        killAfterTwoCells(start(grid));
        RunFiles killed = places.files("run").finished();
        assertThat(killed.results()).isBetween(2, CELLS - 1);

        Process again = start(grid);
        String said = new String(again.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(again.waitFor()).as(said).isZero();
        assertThat(said)
                .contains((CELLS - killed.results()) + " cells computed, " + killed.results() + " already there");
        RunFiles finished = places.files("run");
        assertThat(finished.results()).isEqualTo(CELLS);
        assertThat(finished.ofCellsIn(killed)).isEqualTo(killed);
    }

    private static void killAfterTwoCells(Process process) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                said.add(line);
                if (said.stream().filter(ResumeTest::isCell).count() == 2) {
                    break;
                }
                line = lines.readLine();
            }
            process.destroyForcibly().waitFor();
        }
        assertThat(said).filteredOn(ResumeTest::isCell).hasSize(2);
    }

    private static Path onlyFolderIn(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            List<Path> all = folders.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private static SortedMap<String, FileTime> layerFiles(Path decomposition) throws IOException {
        SortedMap<String, FileTime> files = new TreeMap<>();
        try (DirectoryStream<Path> layers = Files.newDirectoryStream(decomposition, "layer-*")) {
            for (Path layer : layers) {
                files.put(layer.getFileName().toString(), Files.getLastModifiedTime(layer));
            }
        }
        return files;
    }

    /** The command line in a process of its own; its table is thrown away, what it says is read. */
    private Process start(Path grid) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                grid.toString(),
                "--backend",
                "vector",
                "--out",
                folder.resolve("run").toString(),
                "--cache",
                folder.resolve("cache").toString());
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Whether a line says that a cell has been computed. */
    private static boolean isCell(String line) {
        return line.contains("stories260k-") && line.contains(" ppl ");
    }
}
