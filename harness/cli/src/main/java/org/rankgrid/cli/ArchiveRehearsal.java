package org.rankgrid.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes once through what the verbs do, in a folder of its own and without a word, so that the archive of classes, which the
 * start script makes after a build, holds what they load.
 */
public final class ArchiveRehearsal {

    private static final String GRID = """
            name: rehearsal
            models: [stories260k]
            calibration: {corpus: tinystories, sequences: 2, length: 32}
            allocators: [uniform, mgaa]
            ratios: [0.2]
            tasks: [{id: tinystories, limit: 2}]
            """;

    private ArchiveRehearsal() {}

    /**
     * Rehearses and ends the process: with 0, or with the exit code of the verb that failed.
     *
     * @throws IOException if there is no folder for temporary files
     */
    public static void main(String... arguments) throws IOException {
        System.exit(rehearse(Files.createTempDirectory("rankgrid-rehearsal")));
    }

    /**
     * Rehearses.
     *
     * @param folder is deleted in the end
     * @return the exit code of the verb that failed, else 0
     */
    static int rehearse(Path folder) throws IOException {
        try {
            String grid = Files.writeString(folder.resolve("grid.yaml"), GRID).toString();
            String cache = folder.resolve("cache").toString();
            String out = folder.resolve("out").toString();
            List<String> run = List.of("run", grid, "--out", out, "--cache", cache);
            for (List<String> line : List.of(
                    List.of("--help"),
                    List.of("--version"),
                    List.of("schema"),
                    List.of("plugins", "--cache", cache),
                    List.of("plugins", "--json", "--cache", cache),
                    List.of("plan", grid, "--cache", cache),
                    run,
                    run)) {
                int code = Main.run(silent(), silent(), line.toArray(String[]::new));
                if (code != ExitCode.OK) {
                    return code;
                }
            }
            return ExitCode.OK;
        } finally {
            delete(folder);
        }
    }

    private static PrintWriter silent() {
        return new PrintWriter(Writer.nullWriter());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
