package org.rankgrid.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.rankgrid.cli.bench.MachineProbe;
import org.rankgrid.spi.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** The command {@code harness/bench/run}: the machine's limits, the kernels, or whole runs. */
@Command(
        name = "bench",
        description = "Measures this machine, the kernels and whole runs.",
        mixinStandardHelpOptions = true,
        subcommands = {
            Bench.Probe.class,
            Bench.Kernels.class,
            Products.class,
            EndToEnd.class,
            GridTiming.class,
            Windows.class
        })
public final class Bench {

    private Bench() {}

    /** Runs a command line and ends the process with its exit code: 0, or 2 for bad input. */
    public static void main(String... arguments) {
        int code = new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof InputException) {
                        command.getErr().println("bench: " + failure.getMessage());
                        return 2;
                    }
                    throw failure;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
        Runtime.getRuntime().exit(code);
    }

    /** What this machine can do at most. */
    @Command(name = "probe", description = "Prints this machine's f32 peak and memory bandwidth.")
    static final class Probe implements Callable<Integer> {

        @Override
        public Integer call() {
            System.out.println(MachineProbe.measure(MachineProbe.Effort.FULL).text());
            return 0;
        }
    }

    /** JMH, with the peak of this machine as the denominator. */
    @Command(
            name = "kernels",
            description = "Runs JMH benchmarks; every other word goes to JMH: a pattern, -p, -prof, -f, -l, -h, ...")
    static final class Kernels implements Callable<Integer> {

        private static final Set<String> QUESTIONS = Set.of("-h", "-l", "-lp", "-lprof", "-lrf");

        @Mixin
        private final History history = new History();

        @Unmatched
        private final List<String> words = new ArrayList<>();

        @Override
        public Integer call() throws IOException, RunnerException, CommandLineOptionException {
            if (words.stream().anyMatch(QUESTIONS::contains)) {
                org.openjdk.jmh.Main.main(words.toArray(String[]::new));
                return 0;
            }
            MachineProbe probe = MachineProbe.measure(MachineProbe.Effort.FULL);
            System.out.println("# Machine: " + probe.text());
            words.add("-jvmArgsAppend");
            words.add(String.join(" ", ForkedPeak.jvmArguments(probe)));
            Collection<RunResult> results = new Runner(new CommandLineOptions(words.toArray(String[]::new))).run();
            System.out.println("# Machine: " + probe.text());
            SequencedMap<String, Object> measured = new LinkedHashMap<>();
            measured.put("kernels", results.stream().map(KernelResult::tree).toList());
            history.append("kernels", probe, measured);
            return 0;
        }
    }
}
