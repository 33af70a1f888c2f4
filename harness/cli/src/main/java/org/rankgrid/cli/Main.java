package org.rankgrid.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command {@code rankgrid}. */
@Command(
        name = "rankgrid",
        description = "Compares rank allocators for low-rank-compressed language models on equal terms.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        footerHeading = "%nExit codes: ",
        footer = "0 ok, 1 some cells failed, 2 bad input, 3 backend unavailable.")
public final class Main {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean debug;

    Main() {}

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /**
     * Runs a command line.
     *
     * @param out takes the data
     * @param err takes all other words
     * @return the exit code
     */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        Verbs.add(line, arguments);
        int code = line.setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(main::explain)
                .setParameterExceptionHandler((problem, words) -> {
                    err.println(Complaint.of(problem));
                    return ExitCode.BAD_INPUT;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
        boolean lost = out.checkError();
        if (lost) {
            err.println("standard output was closed, or its disk is full, before everything was printed");
        }
        err.flush();
        return lost && code == ExitCode.OK ? ExitCode.BAD_INPUT : code;
    }

    /** Whether stack traces are wanted. */
    boolean debug() {
        return debug;
    }

    private int explain(Exception thrown, CommandLine command, ParseResult parsed) {
        if (debug) {
            thrown.printStackTrace(command.getErr());
        }
        Failure failure = Failure.of(thrown, debug);
        command.getErr().println(failure.sentence());
        return failure.exitCode();
    }
}
