package org.rankgrid.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine;

/** The verbs of the command line. Describing one costs some twenty milliseconds, so that a line is only told of those it needs. */
final class Verbs {

    private static final SequencedMap<String, Class<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("run", RunCommand.class);
        ALL.put("plan", PlanCommand.class);
        ALL.put("eval", EvalCommand.class);
        ALL.put("plugins", PluginsCommand.class);
        ALL.put("models", ModelsCommand.class);
        ALL.put("cache", CacheCommand.class);
        ALL.put("schema", SchemaCommand.class);
        ALL.put("bench", BenchCommand.class);
    }

    private Verbs() {}

    /** Adds the verb that a line names; all of them, in the order of a listing, where it names none that is known. */
    static void add(CommandLine line, String... arguments) {
        String first = Arrays.stream(arguments)
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .orElse("");
        ALL.forEach((name, verb) -> {
            if (name.equals(first) || !ALL.containsKey(first)) {
                line.addSubcommand(name, verb);
            }
        });
    }
}
