package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.results.store.RunClaim;
import org.rankgrid.results.store.RunDirectory;

/** Places that cannot be written, or not any more. */
class BadPlaceTest {

    @TempDir
    private static Path cache;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(folder, cache);
    }

    @Test
    void aFolderUnderAFileCannotHoldResults() {
        Path under = cli.file("file", "").resolve("run");

        cli.run("run", cli.grid().toString(), "--out", under.toString()).isRefusedWith(under.toString());
    }

    @Test
    void aFolderUnderAFileCannotBeTheCache() {
        Path under = cli.file("file", "").resolve("cache");

        new Cli(folder, under).runGrid(cli.grid()).isRefusedWith(under.toString(), "--cache");
    }

    @Test
    void aForecastLeavesNoEntryInTheCache() {
        Path own = folder.resolve("cache");

        new Cli(folder, own).run("plan", cli.grid().toString()).succeeds();

        assertThat(own.resolve("calibrations")).doesNotExist();
        assertThat(own.resolve("decompositions")).doesNotExist();
    }

    @Test
    void itemsAreRefusedBeforeTheWorkNotAfterIt() {
        Path under = cli.file("file", "").resolve("items.jsonl");

        eval(under).isRefusedWith("--items " + under + " cannot be written");
        eval(folder).isRefusedWith("--items " + folder + " is a folder");
        eval(folder.resolve("none/items.jsonl")).isRefusedWith("cannot be written");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1150, 1300})
    void aFullDiskEndsTheRunAndMoreSpaceLetsItGoOn(int kibibytes) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", disk.toString()),
                "mounting a small disk takes the rights of root");
        try {
            Cli full = new Cli(folder, disk.resolve("cache"));
            Cli.Ended ended = full.runGrid(cli.grid());
            assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(ended.err()).contains("No space left", "--cache").doesNotContain("\tat ", "Exception", "FAILED");
            assertThat(mount("mount", "-o", "remount,size=8m", disk.toString())).isTrue();
            full.runGrid(cli.grid()).succeeds();
        } finally {
            assertThat(mount("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void resultsThatFindTheDiskFullSaySo() throws IOException, InterruptedException {
        cli.runGrid(cli.grid()).succeeds();
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=12k", "tmpfs", disk.toString()),
                "mounting a small disk takes the rights of root");
        try {
            Cli.Ended ended = cli.run(
                    "run", cli.grid().toString(), "--out", disk.resolve("run").toString());
            assertThat(ended.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(ended.err()).contains("the disk is full").doesNotContain("\tat ", "Exception");
        } finally {
            assertThat(mount("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void aRunDirectoryInUseIsLeftAlone() {
        try (RunClaim claim = new RunDirectory(folder.resolve("run")).claim()) {
            assertThat(claim.directory().root()).exists();
            cli.runGrid(cli.grid()).isRefusedWith("is in use by another run");
        }
    }

    @Test
    void aCacheFileThatWasCutOffIsComputedAgain() throws IOException {
        Path own = folder.resolve("cache");
        Cli alone = new Cli(folder, own);
        Cli.Ended first = alone.runGrid(alone.grid()).succeeds();
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(path -> path.toString().matches(".*/(block-0002|layer-00003)\\.safetensors"))
                    .toList()) {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
            }
        }

        Cli.Ended again = alone.runGrid(alone.grid(), "--fresh").succeeds();

        assertThat(again.err()).contains("calibrate", "decompose");
        assertThat(perplexities(again)).isEqualTo(perplexities(first));
    }

    private static List<String> perplexities(Cli.Ended ended) {
        return ended.err()
                .lines()
                .filter(line -> line.contains(" ppl "))
                .map(line -> line.replaceAll("  [0-9]+ s$", ""))
                .toList();
    }

    private Cli.Ended eval(Path items) {
        return cli.run("eval", "stories260k", "--task", "tinystories", "--limit", "1", "--items", items.toString());
    }

    private static boolean mount(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
