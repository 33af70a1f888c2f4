package org.rankgrid.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.results.cell.CellSpec;
import org.rankgrid.results.cell.Samples;
import org.rankgrid.spi.InputException;

class KilledWriterTest {

    @TempDir
    private Path folder;

    @Test
    void aKilledProcessLeavesWholeFilesAndNoClaim() throws IOException, InterruptedException {
        RunDirectory run = new RunDirectory(folder);
        Process writer = startWriter();
        try (var output = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("writing");
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(run::claim)
                    .withMessageContaining("(process " + writer.pid() + ")");
        } finally {
            writer.destroyForcibly().waitFor();
        }

        assertThat(run.state("cell", "x")).isInstanceOf(CellState.Finished.class);
        assertThat(run.items("cell")).hasSize(2000);
        try (RunClaim claim = run.claim()) {
            claim.write("cell", Samples.result(CellSpec.dense("m"), "x", Samples.ppl("a", 0.5)), Map.of());
        }
        assertThat(run.read("cell")
                        .orElseThrow()
                        .score("a", "ppl")
                        .orElseThrow()
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void aRefusedClaimDoesNotEndTheOneThatIsHeld() throws IOException, InterruptedException {
        RunDirectory run = new RunDirectory(folder);
        try (RunClaim claim = run.claim()) {
            assertThatExceptionOfType(InputException.class).isThrownBy(run::claim);

            Process writer = startWriter();
            try (var output = writer.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.readLine())
                        .contains("is in use by another run (process "
                                + ProcessHandle.current().pid() + ")");
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertThat(claim.directory().read("cell")).isEmpty();
        }
    }

    private Process startWriter() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }
}
