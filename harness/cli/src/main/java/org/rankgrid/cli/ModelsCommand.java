package org.rankgrid.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.data.dataset.KnownDataSet;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rankgrid models}. */
@Command(
        name = "models",
        description = "Models, corpora and data sets that have short names.",
        subcommands = {ModelsCommand.ListModels.class, ModelsCommand.Pull.class})
final class ModelsCommand {

    private ModelsCommand() {}

    /** {@code rankgrid models list}. */
    @Command(
            name = "list",
            description = "Lists models, corpora and data sets by short name, and which of them are here.")
    static final class ListModels implements Callable<Integer> {

        @Mixin
        private final PlaceOptions places = new PlaceOptions();

        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            Installation installation = places.here(output.err());
            SequencedMap<String, Table> tables = new LinkedHashMap<>();
            tables.put(
                    "models",
                    new Table(
                            "models",
                            List.of(
                                    new Column("name", false),
                                    new Column("state", false),
                                    new Column("what", false),
                                    new Column("next", false)),
                            installation.models().known().stream()
                                    .map(model ->
                                            List.of(model.name(), word(model.state()), model.about(), model.next()))
                                    .toList(),
                            List.of()));
            tables.put(
                    "corpora",
                    new Table(
                            "corpora",
                            List.of(new Column("name", false)),
                            CorpusLibrary.bundled().stream().map(List::of).toList(),
                            List.of()));
            tables.put("data_sets", dataSets(installation));
            output.print(installation.plugins(), tables);
            return ExitCode.OK;
        }

        private static Table dataSets(Installation installation) {
            return new Table(
                    "data sets",
                    List.of(
                            new Column("name", false),
                            new Column("splits", false),
                            new Column("state", false),
                            new Column("what", false),
                            new Column("licence", false),
                            new Column("where", false)),
                    installation.corpora().dataSets().stream()
                            .map(set -> List.of(
                                    set.name(),
                                    splits(set),
                                    word(set.state()),
                                    set.about(),
                                    set.licence(),
                                    set.where()))
                            .toList(),
                    List.of("put those that are missing into a folder of data sets (--data or RANKGRID_DATA), as"
                            + " NAME/SPLIT.jsonl, or into the hub's cache"));
        }

        private static String splits(KnownDataSet set) {
            return set.splits().stream()
                    .map(split -> split.rows().isPresent()
                            ? split.name() + " (" + split.rows().getAsInt() + ")"
                            : split.name())
                    .collect(Collectors.joining(", "));
        }

        private static String word(Enum<?> state) {
            return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** {@code rankgrid models pull}. */
    @Command(name = "pull", description = "Fetches a model into the cache and prints where it lies.")
    static final class Pull implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "Short name of a model.")
        private String name = "";

        @Mixin
        private final PlaceOptions places = new PlaceOptions();

        @Spec
        private @Nullable CommandSpec command;

        @Override
        public Integer call() {
            CommandLine line = Objects.requireNonNull(command).commandLine();
            PrintWriter err = line.getErr();
            line.getOut().println(places.here(err).models().pull(name, words -> {
                err.println(words);
                err.flush();
            }));
            return ExitCode.OK;
        }
    }
}
