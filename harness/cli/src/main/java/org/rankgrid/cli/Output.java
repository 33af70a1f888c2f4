package org.rankgrid.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.results.json.Json;
import org.rankgrid.results.report.JsonReport;
import org.rankgrid.spi.report.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command prints: data to standard output, as text or as one JSON document, words to standard error. */
final class Output {

    @Option(names = "--json", description = "Print one JSON document instead of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Whether JSON is wanted. */
    boolean json() {
        return json;
    }

    /** Standard output. */
    PrintWriter out() {
        return Objects.requireNonNull(command).commandLine().getOut();
    }

    /** Standard error. */
    PrintWriter err() {
        return Objects.requireNonNull(command).commandLine().getErr();
    }

    /** Prints a table. */
    void print(Plugins plugins, Table table) {
        if (json) {
            printTree(JsonReport.tree(table));
        } else {
            printText(plugins, table);
        }
    }

    /** Prints tables: as JSON, one object that has them by name. */
    void print(Plugins plugins, SequencedMap<String, Table> tables) {
        if (json) {
            SequencedMap<String, Object> trees = new LinkedHashMap<>();
            tables.forEach((name, table) -> trees.put(name, JsonReport.tree(table)));
            printTree(trees);
        } else {
            printText(plugins, tables.values());
        }
    }

    /** Prints tables as text, one below the other. */
    void printText(Plugins plugins, Collection<Table> tables) {
        String gap = "";
        for (Table table : tables) {
            out().print(gap);
            printText(plugins, table);
            gap = "\n";
        }
    }

    /** Prints a tree of maps, lists and values as JSON. */
    void printTree(Object tree) {
        out().print(Json.pretty(tree));
        out().flush();
    }

    private void printText(Plugins plugins, Table table) {
        try {
            plugins.reports().get("text").write(table, out());
            out().flush();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write to standard output", failure);
        }
    }
}
