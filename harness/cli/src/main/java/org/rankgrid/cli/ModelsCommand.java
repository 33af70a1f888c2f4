package org.rankgrid.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rankgrid models}. */
@Command(
        name = "models",
        description = "Models and corpora that have short names.",
        subcommands = {ModelsCommand.ListModels.class, ModelsCommand.Pull.class})
final class ModelsCommand {

    private ModelsCommand() {}

    /** {@code rankgrid models list}. */
    @Command(name = "list", description = "Lists models and corpora by short name, and which of them are here.")
    static final class ListModels implements Callable<Integer> {

        @Mixin
        private final PlaceOptions places = new PlaceOptions();

        @Option(names = "--json", description = "Print the tables as JSON.")
        private boolean json;

        @Override
        public Integer call() {
            Installation installation = places.here();
            Tables.print(
                    installation.plugins(),
                    new Table(
                            "models",
                            List.of(
                                    new Column("name", false),
                                    new Column("state", false),
                                    new Column("what", false),
                                    new Column("next", false)),
                            installation.models().known().stream()
                                    .map(model -> List.of(
                                            model.name(),
                                            model.state()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', ' '),
                                            model.about(),
                                            model.next()))
                                    .toList(),
                            List.of()),
                    json);
            Tables.print(
                    installation.plugins(),
                    new Table(
                            "corpora",
                            List.of(new Column("name", false)),
                            CorpusLibrary.bundled().stream().map(List::of).toList(),
                            List.of()),
                    json);
            return ExitCode.OK;
        }
    }

    /** {@code rankgrid models pull}. */
    @Command(name = "pull", description = "Fetches a model into the cache and prints where it lies.")
    static final class Pull implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "Short name of a model.")
        private String name = "";

        @Mixin
        private final PlaceOptions places = new PlaceOptions();

        @Override
        public Integer call() {
            Path path = places.here().models().pull(name, System.err::println);
            System.out.println(path);
            return ExitCode.OK;
        }
    }
}
