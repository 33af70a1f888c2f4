package org.rankgrid.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.spi.report.Table;

/** Prints tables. */
final class Tables {

    private Tables() {}

    /**
     * Prints a table on standard output.
     *
     * @param json as JSON instead of text
     */
    static void print(Plugins plugins, Table table, boolean json) {
        try {
            plugins.reports().get(json ? "json" : "text").write(table, System.out);
            System.out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write to standard output", failure);
        }
    }
}
