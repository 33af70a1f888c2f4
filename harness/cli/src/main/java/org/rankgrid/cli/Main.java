package org.rankgrid.cli;

import java.io.PrintWriter;
import org.rankgrid.engine.run.BackendUnavailableException;
import org.rankgrid.spi.InputException;
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
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            EvalCommand.class,
            PluginsCommand.class,
            ModelsCommand.class,
            CacheCommand.class,
            SchemaCommand.class
        },
        footerHeading = "%nExit codes: ",
        footer = "0 ok, 1 some cells failed, 2 bad input, 3 backend unavailable.")
public final class Main {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean debug;

    private Main() {}

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command line. */
    static int run(String... arguments) {
        Main main = new Main();
        return new CommandLine(main)
                .setExecutionExceptionHandler(main::explain)
                .setParameterExceptionHandler((problem, words) -> {
                    PrintWriter err = problem.getCommandLine().getErr();
                    err.println("rankgrid: " + problem.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
                    err.println("'rankgrid " + verb(problem.getCommandLine()) + "--help' shows what there is.");
                    return ExitCode.BAD_INPUT;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    /** Whether stack traces are wanted. */
    boolean debug() {
        return debug;
    }

    private int explain(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (debug) {
            failure.printStackTrace(err);
        }
        return switch (failure) {
            case BackendUnavailableException unavailable -> {
                err.println(unavailable.getMessage());
                yield ExitCode.BACKEND_UNAVAILABLE;
            }
            case InputException input -> {
                err.println(input.getMessage());
                yield ExitCode.BAD_INPUT;
            }
            default -> {
                err.println("rankgrid failed with " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                        + (debug ? "" : "; run it again with --debug to see where"));
                yield ExitCode.CELLS_FAILED;
            }
        };
    }

    private static String verb(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }
}
