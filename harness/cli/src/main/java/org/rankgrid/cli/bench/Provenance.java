package org.rankgrid.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Where a measurement was taken: without it a figure says nothing. */
public final class Provenance {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** Properties that are written; others name folders of the person who measured. */
    private static final List<String> PROPERTIES = List.of("-Drankgrid.vector.", "-Djdk.incubator.");

    private Provenance() {}

    /** The processor's name as the system gives it, else its architecture. */
    public static String cpu() {
        if (Files.isReadable(CPU_INFO)) {
            try (Stream<String> lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException unreadable) {
                return System.getProperty("os.arch");
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows == null ? System.getProperty("os.arch") : windows;
    }

    /** Processor, system, JDK, its flags and what the machine can do at most. */
    public static SequencedMap<String, Object> of(MachineProbe probe) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("cpu", cpu());
        facts.put("cores", probe.cores());
        facts.put("vector_bits", probe.vectorBits());
        facts.put("peak_gflops_one_core", rounded(probe.peakOneCore()));
        facts.put("peak_gflops_all_cores", rounded(probe.peakAllCores()));
        facts.put("read_gb_per_second_one_core", rounded(probe.readOneCore()));
        facts.put("read_gb_per_second_all_cores", rounded(probe.readAllCores()));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("jdk", System.getProperty("java.vendor.version") + " " + Runtime.version());
        facts.put("flags", flags(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        return facts;
    }

    /** The flags that bear on speed. */
    static List<String> flags(List<String> arguments) {
        return arguments.stream()
                .filter(argument ->
                        !argument.startsWith("-D") || PROPERTIES.stream().anyMatch(argument::startsWith))
                .toList();
    }

    /** Three digits: more would be noise. */
    public static double rounded(double value) {
        return value == 0 ? 0 : new BigDecimal(value).round(new MathContext(3)).doubleValue();
    }
}
