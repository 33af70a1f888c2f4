package org.rankgrid.cli;

import java.util.concurrent.Callable;
import org.rankgrid.engine.grid.GridSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rankgrid schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON schema of the grid file, plugins included. Editors take it through a first line"
                + " '# yaml-language-server: $$schema=FILE'.")
final class SchemaCommand implements Callable<Integer> {

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Override
    public Integer call() {
        System.out.println(GridSchema.of(places.here().plugins()).toPrettyString());
        return ExitCode.OK;
    }
}
