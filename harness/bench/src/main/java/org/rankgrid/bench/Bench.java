package org.rankgrid.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import org.rankgrid.spi.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The command {@code harness/bench/run}: the machine's limits, the kernels, or whole runs. */
@Command(
        name = "bench",
        description = "Measures this machine, the kernels and whole runs.",
        mixinStandardHelpOptions = true,
        subcommands = {Bench.Probe.class, Bench.Kernels.class, EndToEnd.class})
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
            description =
                    "Runs JMH benchmarks; everything after the word goes to JMH: a pattern, -p, -prof, -f, -h, ...")
    static final class Kernels implements Callable<Integer> {

        @Unmatched
        private final List<String> words = new ArrayList<>();

        @Override
        public Integer call() throws IOException, RunnerException {
            MachineProbe probe = MachineProbe.measure(MachineProbe.Effort.FULL);
            System.out.println("# Machine: " + probe.text());
            words.add("-jvmArgsAppend");
            words.add(String.join(" ", probe.asJvmArguments()));
            org.openjdk.jmh.Main.main(words.toArray(String[]::new));
            System.out.println("# Machine: " + probe.text());
            return 0;
        }
    }
}
