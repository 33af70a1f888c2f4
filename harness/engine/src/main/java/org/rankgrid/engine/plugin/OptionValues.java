package org.rankgrid.engine.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlFindings;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlMapping.Entry;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlPosition;
import org.rankgrid.data.yaml.YamlProblem;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.data.yaml.YamlSequence;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;

/**
 * Validates the options given to one owner against their declaration.
 *
 * @param owner who declares them, for messages: {@code allocator 'mgaa'}
 * @param specs the declaration
 * @param reserved keys of the mapping that are read elsewhere
 * @param values converts single values; its findings receive every problem
 */
public record OptionValues(String owner, List<OptionSpec> specs, Set<String> reserved, TypedValues values) {

    /** Most combinations that the lists of one mapping may give. */
    private static final int MOST_COMBINATIONS = 10_000;

    /** The options of a mapping where a list makes no sense; empty if there was a problem. */
    public Optional<Options> single(YamlMapping given) {
        return read(given, false).map(List::getFirst);
    }

    /**
     * The options of a mapping whose lists are axes: one for each combination, the first key varying slowest; empty if
     * there was a problem.
     */
    public List<Options> axes(YamlMapping given) {
        return read(given, true).orElse(List.of());
    }

    /**
     * Options given as texts by name, as on a command line.
     *
     * @param source where they were given, for messages
     * @param folder what relative paths are relative to
     * @throws InputException with one line for each problem
     */
    public static Options ofTexts(
            String source, String owner, List<OptionSpec> specs, Map<String, String> texts, Path folder) {
        YamlPosition position = YamlPosition.of(source);
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        texts.forEach((name, text) ->
                entries.put(name, new Entry(YamlScalar.text(position, name), YamlDocument.parseInline(source, text))));
        YamlFindings findings = new YamlFindings();
        TypedValues values = new TypedValues(new OptionFiles(folder), findings, PluginSet.none(PluginKind.ALLOCATOR));
        return new OptionValues(owner, specs, Set.of(), values)
                .single(new YamlMapping(position, entries))
                .orElseThrow(() -> new InputException(
                        findings.problems().stream().map(YamlProblem::toString).collect(Collectors.joining("\n"))));
    }

    /** The options that differ from their defaults, in the order of declaration. */
    public static SequencedMap<String, Object> given(List<OptionSpec> specs, Options options) {
        SequencedMap<String, Object> given = options.asMap();
        for (OptionSpec spec : specs) {
            spec.defaultValue().ifPresent(value -> given.remove(spec.name(), value));
        }
        return given;
    }

    private Optional<List<Options>> read(YamlMapping given, boolean listsAllowed) {
        int before = values.findings().problemCount();
        SequencedMap<String, List<Object>> axes = new LinkedHashMap<>();
        for (Entry entry : given.entries().values()) {
            String name = entry.key().text();
            if (!reserved.contains(name)) {
                spec(name)
                        .ifPresentOrElse(
                                spec -> axes.put(name, values(spec, entry.value(), listsAllowed)),
                                () -> unknown(entry.key()));
            }
        }
        for (OptionSpec spec : specs) {
            if (spec.required() && !given.entries().containsKey(spec.name())) {
                problem(given, owner + " needs '" + spec.name() + "': " + OptionTypes.expectation(spec.type()));
            }
        }
        long combinations = axes.values().stream().mapToLong(List::size).reduce(1, OptionValues::boundedProduct);
        if (combinations > MOST_COMBINATIONS) {
            problem(given, "the lists of " + owner + " give more than " + MOST_COMBINATIONS + " combinations");
        }
        return values.findings().problemCount() > before ? Optional.empty() : Optional.of(product(axes));
    }

    private static long boundedProduct(long a, long b) {
        return Math.min(a * b, MOST_COMBINATIONS + 1L);
    }

    private Optional<OptionSpec> spec(String name) {
        return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    private void unknown(YamlScalar key) {
        Set<String> names = new LinkedHashSet<>();
        specs.forEach(spec -> names.add(spec.name()));
        names.addAll(reserved);
        String hint = NearestNames.hint(key.text(), names);
        if (hint.isEmpty()) {
            hint = specs.isEmpty() ? "; it has none" : "; known: " + String.join(", ", names);
        }
        problem(key, owner + " has no option '" + key.text() + "'" + hint);
    }

    private List<Object> values(OptionSpec spec, YamlNode node, boolean listsAllowed) {
        if (!(node instanceof YamlSequence list) || !listsAllowed) {
            return values.read(spec.name(), spec.type(), node).map(List::of).orElse(List.of());
        }
        if (list.items().isEmpty()) {
            problem(list, spec.name() + " is an empty list, which leaves no cell; give a value or remove the key");
        }
        Set<Object> distinct = new LinkedHashSet<>();
        for (YamlNode item : list.items()) {
            Optional<Object> value = values.read(spec.name(), spec.type(), item);
            if (value.isPresent() && !distinct.add(value.get())) {
                values.findings().warning(item.problem(spec.name() + " has this value twice; it is run once"));
            }
        }
        return List.copyOf(distinct);
    }

    private void problem(YamlNode node, String sentence) {
        values.findings().problem(node.problem(sentence));
    }

    private List<Options> product(SequencedMap<String, List<Object>> axes) {
        List<Map<String, Object>> rows = List.of(Map.of());
        for (Map.Entry<String, List<Object>> axis : axes.entrySet()) {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                for (Object value : axis.getValue()) {
                    Map<String, Object> extended = new LinkedHashMap<>(row);
                    extended.put(axis.getKey(), value);
                    longer.add(extended);
                }
            }
            rows = longer;
        }
        return rows.stream().map(row -> Options.of(specs, row)).toList();
    }
}
