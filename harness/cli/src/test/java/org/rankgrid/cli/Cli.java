package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as a test uses it: in this process, with what is printed captured, and a folder to work in. */
final class Cli {

    /** Cells of {@link #grid}: dense, uniform, mgaa. */
    static final int CELLS = 3;

    private static final String GRID = """
            name: tiny
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 4, length: 32}
            allocators: [uniform, mgaa]
            ratios: [0.2]
            tasks: [{id: tinystories, limit: 3}]
            """;

    private final Path folder;
    private final Path cache;

    /**
     * A command line.
     *
     * @param folder where its files are written
     * @param cache the cache, which tests may share
     */
    Cli(Path folder, Path cache) {
        this.folder = folder;
        this.cache = cache;
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {

        /** Bad input: one sentence on standard error, and nothing that looks like a stack trace. */
        Ended isRefusedWith(String... words) {
            return isRefused(ExitCode.BAD_INPUT, words);
        }

        Ended isRefused(int expectedCode, String... words) {
            assertThat(err).contains(words).doesNotContain("\tat ", "Exception");
            assertThat(err.lines().filter(line -> !line.startsWith("plugin code loaded")))
                    .as("one sentence")
                    .hasSize(1);
            assertThat(out).isEmpty();
            assertThat(code).isEqualTo(expectedCode);
            return this;
        }

        Ended succeeds() {
            assertThat(code).as(err).isEqualTo(ExitCode.OK);
            return this;
        }
    }

    /** Runs a command. */
    static Ended words(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ended(code, out.toString(), err.toString());
    }

    /** Runs a command with the test's cache. */
    Ended run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--cache", cache.toString()));
        return words(all.toArray(String[]::new));
    }

    /** Runs a grid into the folder {@code run}. */
    Ended runGrid(Path grid, String... more) {
        List<String> all = new ArrayList<>(
                List.of("run", grid.toString(), "--out", folder.resolve("run").toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    /** A file in the test's folder. */
    Path file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tiny grid. */
    Path grid() {
        return file("tiny.yaml", GRID);
    }

    /** The tiny grid with a part of its text replaced. */
    Path gridWith(String part, String replacement) {
        assertThat(GRID).contains(part);
        return file("tiny.yaml", GRID.replace(part, replacement));
    }
}
