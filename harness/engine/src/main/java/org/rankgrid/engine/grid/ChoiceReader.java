package org.rankgrid.engine.grid;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Function;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlMapping.Entry;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.engine.plugin.OptionValues;
import org.rankgrid.engine.plugin.PluginKind;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.engine.plugin.TaskFiles;
import org.rankgrid.engine.plugin.TypedValues;
import org.rankgrid.engine.profile.Profile;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;

/**
 * Reads entries that choose a plugin: {@code id}, or {@code {id: ..., option: value}}.
 *
 * @param values converts values; its findings receive every problem
 * @param incomplete whether some plugins could not be loaded, so that a missing one may be among them
 */
record ChoiceReader(TypedValues values, boolean incomplete) {

    /** An entry that names something, and where the name stands. */
    private record Chosen(String name, YamlNode id, YamlMapping options) {}

    /** An entry whose id was found. */
    private record Named<P extends Plugin>(P plugin, YamlMapping options) {}

    /** The choices of a list; lists of option values are axes, and reserved ids choose nothing. */
    <P extends Plugin> List<PluginChoice<P>> all(PluginSet<P> known, List<YamlNode> items) {
        SequencedMap<PluginChoice<P>, YamlNode> choices = new LinkedHashMap<>();
        for (YamlNode item : items) {
            Named<P> named = named(known, item).orElse(null);
            if (named == null) {
                continue;
            }
            Starts starts = new Starts(values.allocators());
            for (Options options : optionValues(known.kind(), named).axes(named.options())) {
                PluginChoice<P> choice = new PluginChoice<>(named.plugin(), options, starts.of(options));
                if (choices.putIfAbsent(choice, item) != null) {
                    twice(known.kind(), choice.label(), item);
                }
            }
        }
        return List.copyOf(choices.keySet());
    }

    /**
     * The allocators of a list.
     *
     * @param ratios the ratios of an entry that gives some of its own
     * @param common those of the others
     */
    List<AllocatorChoice> allocators(
            PluginSet<Allocator> known,
            List<YamlNode> items,
            Function<YamlNode, List<BigDecimal>> ratios,
            List<BigDecimal> common) {
        SequencedMap<PluginChoice<Allocator>, AllocatorChoice> choices = new LinkedHashMap<>();
        for (YamlNode item : items) {
            List<BigDecimal> own = item instanceof YamlMapping mapping
                    ? mapping.get("ratios").map(ratios).orElse(common)
                    : common;
            for (PluginChoice<Allocator> choice : all(known, List.of(item))) {
                AllocatorChoice first = choices.putIfAbsent(choice, new AllocatorChoice(choice, own));
                if (first != null && first.ratios().equals(own)) {
                    twice(known.kind(), choice.label(), item);
                } else if (first != null) {
                    problem(item, "allocator '" + choice.label() + "' stands twice with different ratios; keep one");
                }
            }
        }
        return List.copyOf(choices.values());
    }

    /**
     * The tasks of a list.
     *
     * @param known tasks by id or by file
     * @param profile what changes the defaults of their options
     * @param limit of those that give none of their own
     */
    List<TaskChoice> tasks(Plugins known, List<YamlNode> items, Optional<Profile> profile, OptionalInt limit) {
        SequencedMap<String, TaskChoice> tasks = new LinkedHashMap<>();
        for (YamlNode item : items) {
            Optional<TaskChoice> task =
                    chosen(known.tasks(), item).flatMap(chosen -> task(known.taskFiles(), chosen, profile, limit));
            if (task.isPresent()) {
                TaskChoice first = tasks.putIfAbsent(task.get().label(), task.get());
                if (first != null && first.limit().equals(task.get().limit())) {
                    twice(PluginKind.TASK, first.label(), item);
                } else if (first != null) {
                    problem(item, "task '" + first.label() + "' stands twice with different limits; keep one");
                }
            }
        }
        return List.copyOf(tasks.values());
    }

    private Optional<TaskChoice> task(TaskFiles known, Chosen chosen, Optional<Profile> profile, OptionalInt limit) {
        TaskFiles.Named named;
        List<OptionSpec> specs;
        try {
            named = known.get(chosen.name(), values.files().folder());
            specs = profile.isPresent()
                    ? profile.get()
                            .options(named.task(), chosen.options().entries().keySet())
                    : named.task().options();
        } catch (InputException e) {
            problem(chosen.id(), e.getMessage() + leftOut());
            return Optional.empty();
        }
        OptionalInt own = chosen.options()
                .get("limit")
                .flatMap(node -> values.read("limit", new OptionType.Whole(1, Integer.MAX_VALUE), node))
                .map(value -> OptionalInt.of(Math.toIntExact((Long) value)))
                .orElse(limit);
        return new OptionValues("task '" + named.task().id() + "'", specs, PluginKind.TASK.reservedOptions(), values)
                .single(chosen.options())
                .map(options -> new TaskChoice(named, options, own));
    }

    private <P extends Plugin> OptionValues optionValues(PluginKind kind, Named<P> named) {
        String owner = kind.word() + " '" + named.plugin().id() + "'";
        return new OptionValues(owner, named.plugin().options(), kind.reservedOptions(), values);
    }

    private <P extends Plugin> Optional<Named<P>> named(PluginSet<P> known, YamlNode item) {
        Optional<Chosen> chosen = chosen(known, item);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Optional<P> plugin = known.find(chosen.get().name());
        if (plugin.isEmpty()) {
            problem(chosen.get().id(), known.missing(chosen.get().name()) + leftOut());
        }
        return plugin.map(found -> new Named<>(found, chosen.get().options()));
    }

    private String leftOut() {
        return incomplete ? " (some plugins were left out, 'rankgrid plugins' says why)" : "";
    }

    /** What an entry names; empty if it names nothing, or what the host keeps for itself. */
    private <P extends Plugin> Optional<Chosen> chosen(PluginSet<P> known, YamlNode item) {
        String word = known.kind().word();
        YamlMapping mapping;
        YamlNode id;
        if (item instanceof YamlMapping given) {
            mapping = given;
            if (given.get("id").isEmpty()) {
                problem(item, "this " + word + " has no 'id'" + nested(known, given));
                return Optional.empty();
            }
            id = given.get("id").orElse(item);
        } else {
            mapping = new YamlMapping(item.position(), new LinkedHashMap<>());
            id = item;
        }
        if (!(id instanceof YamlScalar scalar && scalar.isText())) {
            problem(
                    id,
                    word + " is " + id.describe() + ", expected an id, or {id: ..., option: value}; 'rankgrid plugins'"
                            + " lists the ids");
            return Optional.empty();
        }
        String name = scalar.text();
        if (known.kind().reservedIds().contains(name)) {
            if (mapping.entries().size() > 1) {
                problem(item, word + " '" + name + "' has no options");
            }
            return Optional.empty();
        }
        return Optional.of(new Chosen(name, id, mapping));
    }

    /** People write {@code mgaa: {alpha: 0.5}}. */
    private static <P extends Plugin> String nested(PluginSet<P> known, YamlMapping given) {
        Entry first =
                given.entries().isEmpty() ? null : given.entries().firstEntry().getValue();
        return first != null && known.find(first.key().text()).isPresent()
                ? "; write {id: " + first.key().text() + ", option: value}"
                : ", expected {id: ..., option: value}";
    }

    private void twice(PluginKind kind, String label, YamlNode item) {
        values.findings().warning(item.problem(kind.word() + " '" + label + "' stands twice; it counts once"));
    }

    private void problem(YamlNode node, String sentence) {
        values.findings().problem(node.problem(sentence));
    }
}
