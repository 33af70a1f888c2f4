package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.Outcome;
import org.rankgrid.results.cell.PlannedCell;
import org.rankgrid.results.store.RunDirectory;

/** Cells side by side in processes come to the same as one after the other, and outlive each other. */
class JobsTest {

    private static final String GRID = """
            name: jobs
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 4, length: 32}
            allocators: [uniform, equal-energy, marginal-gain]
            ratios: [0.3]
            tasks: [{id: tinystories, limit: LIMIT}]
            """;

    private static final int CELLS = 4;

    @TempDir
    private Path folder;

    private int limit = 5;

    @Test
    void cellsSideBySideComeToTheSame() throws IOException {
        run("one").succeeds();
        Cli.Ended ended = run("two", "--jobs", "2").succeeds();

        RunDirectory one = directory("one");
        RunDirectory two = directory("two");
        assertThat(ended.err()).contains(CELLS + " cells computed, 0 already there");
        assertThat(ended.err().lines().filter(line -> line.startsWith("stories260k-")))
                .hasSize(CELLS);
        assertThat(two.results()).hasSize(CELLS);
        for (PlannedCell cell : one.cells()) {
            CellResult alone = one.read(cell.id()).orElseThrow();
            CellResult beside = two.read(cell.id()).orElseThrow();
            assertThat(beside.scores()).isEqualTo(alone.scores());
            assertThat(beside.params()).isEqualTo(alone.params());
            assertThat(two.items(cell.id())).isEqualTo(one.items(cell.id()));
            assertThat(two.ranks(cell.id())).isEqualTo(one.ranks(cell.id()));
            assertThat(String.valueOf(beside.provenance().facts().get("backend")))
                    .contains("id=scalar");
        }
        assertThat(folder.resolve("two").resolve(".workers")).doesNotExist();

        assertThat(run("two", "--jobs", "2").succeeds().err()).contains("0 cells computed, " + CELLS);
    }

    @Test
    void aProcessThatIsKilledLosesOnlyItsCell() throws Exception {
        limit = 40;
        Process run = start("killed");
        try (BufferedReader said = run.errorReader(StandardCharsets.UTF_8)) {
            awaitCell(said);
            worker(run).destroyForcibly();
            said.lines().forEach(line -> {});
        }
        assertThat(run.waitFor()).isEqualTo(ExitCode.CELLS_FAILED);

        List<CellResult> results = directory("killed").results();
        assertThat(results).hasSize(CELLS);
        assertThat(results.stream().filter(CellResult::failed))
                .singleElement()
                .extracting(CellResult::outcome)
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.kind()).isEqualTo("process");
                    assertThat(failed.error()).contains("ended with exit code");
                });
        assertThat(run("killed", "--jobs", "2", "--retry-failed").succeeds().err())
                .contains("1 cells computed, " + (CELLS - 1) + " already there");
    }

    @Test
    void aRunThatEndsTakesItsProcessesWithIt() throws Exception {
        limit = 40;
        Process run = start("stopped");
        try (BufferedReader said = run.errorReader(StandardCharsets.UTF_8)) {
            awaitCell(said);
            List<ProcessHandle> workers = run.descendants().toList();
            assertThat(workers).hasSize(2);
            run.destroyForcibly().waitFor();
            for (ProcessHandle worker : workers) {
                awaitEnd(worker);
            }
        }
        assertThat(directory("stopped").results()).hasSizeBetween(1, CELLS - 1);
    }

    @Test
    void nonsenseIsRefused() {
        run("none", "--jobs", "0").isRefusedWith("--jobs 0 is not a number of 1 or more");
        run("none", "--jobs", "5").isRefusedWith("--jobs 5 is more than the 4 cells of the grid");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private Cli.Ended run(String out, String... more) {
        return Cli.words(arguments(out, more).toArray(String[]::new));
    }

    private Process start(String out) throws IOException {
        List<String> line = new ArrayList<>(OwnProcess.commandLine());
        line.addAll(arguments(out, "--jobs", "2"));
        return new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<String> arguments(String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", grid().toString()));
        arguments.addAll(
                List.of("--backend", "scalar", "--out", folder.resolve(out).toString()));
        arguments.addAll(List.of("--cache", folder.resolve("cache-" + out).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Path grid() {
        try {
            return Files.writeString(folder.resolve("grid.yaml"), GRID.replace("LIMIT", String.valueOf(limit)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunDirectory directory(String out) {
        return new RunDirectory(folder.resolve(out));
    }

    private static void awaitCell(BufferedReader said) throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            before.add(line);
            if (line.startsWith("stories260k-")) {
                return;
            }
        }
        assertThat(before).as("the run ended without a cell").isEmpty();
    }

    private static ProcessHandle worker(Process run) {
        return run.descendants().findFirst().orElseThrow();
    }

    private static void awaitEnd(ProcessHandle worker)
            throws InterruptedException, ExecutionException, TimeoutException {
        worker.onExit().get(30, TimeUnit.SECONDS);
    }
}
