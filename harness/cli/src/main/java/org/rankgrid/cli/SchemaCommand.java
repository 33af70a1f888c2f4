package org.rankgrid.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.grid.GridSchema;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rankgrid schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON schema of the grid file, plugins included. Editors take it through a first line"
                + " '# yaml-language-server: $$schema=FILE'.")
final class SchemaCommand implements Callable<Integer> {

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(command).commandLine();
        line.getOut()
                .println(GridSchema.of(places.here(line.getErr()).plugins()).toPrettyString());
        return ExitCode.OK;
    }
}
