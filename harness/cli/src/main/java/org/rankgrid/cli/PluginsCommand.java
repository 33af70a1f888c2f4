package org.rankgrid.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.plugin.Discovered;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.engine.plugin.PluginKind;
import org.rankgrid.engine.plugin.PluginProblem;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.LinearAlgebraProvider;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.report.Table;
import org.rankgrid.spi.report.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rankgrid plugins}. */
@Command(
        name = "plugins",
        description =
                "Lists plugins: allocators, factorizations, backends, decompositions libraries, tasks, table readers, tokenizers and"
                        + " report writers, where each came from, with its options; what is unavailable, and why.")
final class PluginsCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description =
                    "Only these: allocators, factorizations, backends, decompositions, tasks, tables, tokenizers, reports.")
    private @Nullable String kind;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Override
    public Integer call() {
        Installation installation = places.here(output.err());
        List<? extends PluginSet<? extends Plugin>> selected = selected(installation);
        if (output.json()) {
            output.print(installation.plugins(), table(selected, problems(installation)));
            return ExitCode.OK;
        }
        // As text, tasks are too many for a row an option.
        SequencedMap<String, Table> tables = new LinkedHashMap<>();
        List<? extends PluginSet<? extends Plugin>> others =
                selected.stream().filter(set -> set.kind() != PluginKind.TASK).toList();
        if (!others.isEmpty()) {
            tables.put("plugins", table(others, problems(installation)));
        }
        if (others.size() < selected.size()) {
            tables.put(
                    "tasks",
                    TaskListing.of(
                            installation.plugins().tasks(), others.isEmpty() ? problems(installation) : List.of()));
        }
        output.print(installation.plugins(), tables);
        return ExitCode.OK;
    }

    private static List<String> problems(Installation installation) {
        return installation.plugins().problems().stream()
                .map(PluginProblem::sentence)
                .toList();
    }

    private static Table table(List<? extends PluginSet<? extends Plugin>> sets, List<String> problems) {
        List<List<String>> rows = new ArrayList<>();
        for (PluginSet<? extends Plugin> set : sets) {
            for (Discovered<? extends Plugin> plugin : set.all()) {
                addRows(rows, set, plugin);
            }
        }
        return new Table(
                "plugins",
                List.of(
                        new Column("kind", false),
                        new Column("id", false),
                        new Column("option", false),
                        new Column("values", false),
                        new Column("default", false),
                        new Column("what", false),
                        new Column("from", false)),
                rows,
                problems);
    }

    private List<? extends PluginSet<? extends Plugin>> selected(Installation installation) {
        List<PluginSet<? extends Plugin>> all = installation.plugins().all();
        if (kind == null) {
            return all;
        }
        String asked = kind;
        List<PluginSet<? extends Plugin>> found =
                all.stream().filter(set -> names(set).contains(asked)).toList();
        if (found.isEmpty()) {
            throw new InputException("there is no kind of plugin '" + asked + "'; there are "
                    + String.join(", ", all.stream().map(set -> plural(set)).toList()));
        }
        return found;
    }

    private static Set<String> names(PluginSet<? extends Plugin> set) {
        return Set.of(plural(set), plural(set).substring(0, plural(set).length() - 1));
    }

    private static String plural(PluginSet<? extends Plugin> set) {
        return switch (set.kind()) {
            case ALLOCATOR -> "allocators";
            case FACTORIZATION -> "factorizations";
            case BACKEND -> "backends";
            case DECOMPOSITIONS -> "decompositions";
            case TASK -> "tasks";
            case TABLES -> "tables";
            case TOKENIZER -> "tokenizers";
            case REPORT -> "reports";
        };
    }

    private static void addRows(
            List<List<String>> rows, PluginSet<? extends Plugin> set, Discovered<? extends Plugin> discovered) {
        Plugin plugin = discovered.plugin();
        rows.add(List.of(
                set.kind().word(),
                discovered.id(),
                "",
                "",
                "",
                plugin.summary() + availability(plugin),
                discovered.origin().place()));
        for (OptionSpec option : plugin.options()) {
            rows.add(List.of(
                    "",
                    "",
                    option.name(),
                    values(option.type()),
                    option.defaultValue().map(OptionTypes::text).orElse("required"),
                    option.help(),
                    ""));
        }
    }

    private static String availability(Plugin plugin) {
        Availability availability = switch (plugin) {
            case BackendProvider backend -> backend.probe();
            case LinearAlgebraProvider library -> library.probe();
            default -> new Availability.Available("");
        };
        return switch (availability) {
            case Availability.Available(String detail) -> detail.isEmpty() ? "" : " [" + detail + "]";
            case Availability.Unavailable(List<String> reasons) -> " [UNAVAILABLE: " + String.join("; ", reasons) + "]";
        };
    }

    private static String values(OptionType type) {
        return switch (type) {
            case OptionType.Whole(long min, long max) -> min + " to " + (max == Long.MAX_VALUE ? "any" : max);
            case OptionType.Real(double min, double max) -> min + " to " + max;
            case OptionType.Flag() -> "true, false";
            case OptionType.Choice(List<String> words) -> String.join(", ", words);
            case OptionType.Text() -> "text";
            case OptionType.File() -> "file";
            case OptionType.Allocator() -> "allocator";
        };
    }
}
