package org.rankgrid.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.cli.bench.Provenance;
import org.rankgrid.results.json.Json;
import org.rankgrid.spi.InputException;
import picocli.CommandLine.Option;

/** A file that every run appends one line of JSON to: what was measured, where, with what. */
final class History {

    @Option(names = "--history", paramLabel = "FILE", description = "Append the run to this file, one line of JSON.")
    private @Nullable Path file;

    /** Of the system before anything is measured: what others did here. */
    private final double loadBefore =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

    /**
     * Appends a run.
     *
     * @param what its word: {@code end-to-end}, {@code products}, {@code grid}
     * @throws InputException if the file cannot be written
     */
    void append(String what, MachineProbe probe, SequencedMap<String, Object> measured) {
        if (file == null) {
            return;
        }
        SequencedMap<String, Object> run = new LinkedHashMap<>();
        run.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("what", what);
        run.put("commit", System.getProperty("rankgrid.bench.commit", "unknown"));
        run.putAll(Provenance.of(probe));
        run.put("load_before", Provenance.rounded(loadBefore));
        run.putAll(measured);
        try {
            Files.writeString(
                    file,
                    Json.line(run) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new InputException("--history " + file + " cannot be written: " + failure.getMessage(), failure);
        }
    }
}
