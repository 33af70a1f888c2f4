package org.rankgrid.cli;

import java.util.ArrayList;
import java.util.List;
import org.rankgrid.spi.NearestNames;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence. */
final class Complaint {

    private Complaint() {}

    static String of(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String what = switch (problem) {
            case UnmatchedArgumentException unmatched
            when !unmatched.getUnmatched().isEmpty() ->
                unmatched(
                        command.getCommandSpec(), name, unmatched.getUnmatched().getFirst());
            case MissingParameterException missing -> name + ": " + lowerFirst(String.valueOf(missing.getMessage()));
            default ->
                command.getSubcommands().isEmpty()
                        ? name + ": " + problem.getMessage()
                        : name + " needs one of " + String.join(", ", verbs(command.getCommandSpec()));
        };
        return what + "; '" + name + " --help' shows what there is";
    }

    private static String unmatched(CommandSpec command, String name, String word) {
        if (word.startsWith("-")) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            List<String> known = command.options().stream()
                    .flatMap(spec -> List.of(spec.names()).stream())
                    .toList();
            return name + " has no option '" + option + "'" + NearestNames.hint(option, known);
        }
        return command.subcommands().isEmpty()
                ? name + " takes no further word '" + word + "'"
                : name + " has no command '" + word + "'" + NearestNames.hint(word, verbs(command));
    }

    private static List<String> verbs(CommandSpec command) {
        return new ArrayList<>(command.subcommands().keySet());
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
