package org.rankgrid.engine.grid;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.rankgrid.data.yaml.YamlFindings;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlMapping.Entry;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlProblem;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.data.yaml.YamlSequence;
import org.rankgrid.engine.plugin.OptionFiles;
import org.rankgrid.engine.plugin.OptionValues;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.engine.plugin.TypedValues;
import org.rankgrid.engine.profile.Profile;
import org.rankgrid.engine.profile.Profiles;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;

/** Turns the tree of a grid file into a {@link GridSpec}, reporting everything that is wrong on the way. */
final class GridReader {

    private static final long MOST_CELLS = 100_000;

    private final Plugins plugins;
    private final Names names;
    private final YamlFindings findings;
    private final TypedValues values;
    private final ChoiceReader choices;

    GridReader(Plugins plugins, Names names, OptionFiles files, YamlFindings findings) {
        this.plugins = plugins;
        this.names = names;
        this.findings = findings;
        this.values = new TypedValues(files, findings, plugins.allocators());
        this.choices = new ChoiceReader(values, !plugins.problems().isEmpty());
    }

    /**
     * The grid of a tree. It is complete only if no problem was reported.
     *
     * @param defaultName its name where it gives none
     */
    Optional<GridSpec> read(YamlNode tree, String defaultName) {
        if (!(tree instanceof YamlMapping root)) {
            problem(tree, "the grid is " + tree.describe() + ", expected a mapping with models, allocators and tasks");
            return Optional.empty();
        }
        checkKeys(root, "the grid", GridKey.keys());
        List<AllocatorChoice> allocators = allocators(root);
        Optional<Calibration> calibration = calibration(root);
        boolean compresses = root.get(GridKey.ALLOCATORS.key()).isPresent() && !allocators.isEmpty();
        boolean needsRatio =
                allocators.stream().anyMatch(allocator -> allocator.points().isEmpty());
        if (compresses && root.get(GridKey.CALIBRATION.key()).isEmpty()) {
            problem(
                    root,
                    "the grid needs 'calibration', such as {corpus: tinystories, sequences: 64, length: 256}: its"
                            + " allocators compress from statistics of a text");
        }
        if (needsRatio && root.get(GridKey.RATIOS.key()).isEmpty()) {
            problem(root, "the grid needs 'ratios', such as [0.1, 0.2]: the shares of parameters that are removed");
        }
        boolean searches = searches(root, allocators);
        Optional<Profile> profile = profile(root);
        GridSpec spec = new GridSpec(
                text(root, GridKey.NAME).orElse(defaultName),
                models(root),
                calibration,
                validation(root, searches),
                factorizations(root),
                allocators,
                seeds(root),
                tasks(root, profile),
                profile,
                layers(root),
                plugin(root, GridKey.BACKEND, plugins.backends()),
                plugin(root, GridKey.DECOMPOSITIONS, plugins.decompositions()),
                whole(root, GridKey.THREADS, 1, GridDefaults.MOST_THREADS),
                findings.warnings().stream().map(YamlProblem::toString).toList());
        if (spec.cells() > MOST_CELLS) {
            problem(root, "the grid has " + spec.cells() + " cells, more than " + MOST_CELLS + "; split it");
        }
        return Optional.of(spec);
    }

    private List<String> models(YamlMapping root) {
        return distinct(required(root, GridKey.MODELS, "such as [stories260k]"), "model", this::model);
    }

    private Optional<String> model(YamlNode node) {
        Optional<String> reference = text("model", node);
        reference
                .flatMap(names::missingModel)
                .ifPresent(why -> problem(node, "model '" + reference.orElse("") + "': " + why));
        return reference;
    }

    private Optional<Calibration> calibration(YamlMapping root) {
        Optional<Sample> sample = sample(root, GridKey.CALIBRATION, SampleOptions.CALIBRATION);
        return sample.map(read -> {
            long groups = read.options().whole("groups");
            boolean given = read.mapping().get("groups").isPresent();
            if (given && groups > read.text().sequences()) {
                problem(
                        read.mapping().get("groups").orElse(read.mapping()),
                        "groups is " + groups + ", more than the " + read.text().sequences() + " sequences");
            }
            return new Calibration(
                    read.text(), (int) Math.min(groups, read.text().sequences()));
        });
    }

    /** Whether an allocator of the grid tries plans, which takes a validation text. */
    private boolean searches(YamlMapping root, List<AllocatorChoice> allocators) {
        boolean searches = false;
        for (AllocatorChoice allocator : allocators) {
            PluginChoice<Allocator> choice = allocator.choice();
            Set<Need> needs = needs(root, choice);
            if (needs.contains(Need.TRIALS)
                    && !searches
                    && root.get(GridKey.VALIDATION.key()).isEmpty()) {
                problem(
                        root,
                        "the grid needs 'validation', such as {corpus: tinystories-validation, sequences: 16, length:"
                                + " 256}: allocator '" + choice.id() + "' tries plans on it");
            }
            searches |= needs.contains(Need.TRIALS);
            if (needs.contains(Need.START) && choice.start().isEmpty()) {
                problem(
                        root,
                        "allocator '" + choice.id() + "' starts from the plan of another, and its options name none");
            }
        }
        return searches;
    }

    /** Plugins are foreign code, and this is the first time they are asked about options. */
    private Set<Need> needs(YamlMapping root, PluginChoice<Allocator> choice) {
        try {
            return AllocatorNeeds.of(choice);
        } catch (RuntimeException | LinkageError e) {
            problem(root, "allocator '" + choice.id() + "' fails when asked what it needs: " + e);
            return Set.of();
        }
    }

    private Optional<TextSample> validation(YamlMapping root, boolean searches) {
        Optional<Sample> sample = sample(root, GridKey.VALIDATION, SampleOptions.VALIDATION);
        if (!searches) {
            sample.ifPresent(read -> findings.warning(read.mapping()
                    .problem(
                            "validation is for allocators that search, and none of this grid does: nothing reads it")));
        }
        return sample.map(Sample::text);
    }

    /** A text sample with what it was read from. */
    private record Sample(YamlMapping mapping, Options options, TextSample text) {}

    private Optional<Sample> sample(YamlMapping root, GridKey key, List<OptionSpec> specs) {
        Optional<YamlNode> node = root.get(key.key());
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof YamlMapping mapping)) {
            problem(
                    node.get(),
                    key.key() + " is " + node.get().describe()
                            + ", expected a mapping such as {corpus: tinystories, sequences: 64, length: 256}");
            return Optional.empty();
        }
        OptionalLong seed = mapping.get(SampleOptions.SEED)
                .flatMap(value -> values.read(key.key() + " seed", SampleOptions.SEED_TYPE, value))
                .map(value -> OptionalLong.of((Long) value))
                .orElse(OptionalLong.empty());
        Optional<Options> options = new OptionValues(key.key(), specs, SampleOptions.RESERVED, values).single(mapping);
        mapping.get("corpus")
                .filter(corpus -> corpus instanceof YamlScalar scalar && scalar.isText())
                .ifPresent(corpus -> checkCorpus((YamlScalar) corpus));
        return options.map(read -> new Sample(
                mapping,
                read,
                new TextSample(
                        read.text("corpus"),
                        Math.toIntExact(read.whole("sequences")),
                        Math.toIntExact(read.whole("length")),
                        seed)));
    }

    private void checkCorpus(YamlScalar corpus) {
        names.missingCorpus(corpus.text()).ifPresent(why -> problem(corpus, "corpus '" + corpus.text() + "': " + why));
    }

    private List<PluginChoice<Factorization>> factorizations(YamlMapping root) {
        PluginSet<Factorization> known = plugins.factorizations();
        Optional<YamlNode> node = root.get(GridKey.FACTORIZATIONS.key());
        if (node.isPresent()) {
            return choices.all(known, items(node.get(), GridKey.FACTORIZATIONS));
        }
        List<PluginChoice<Factorization>> defaults = new ArrayList<>();
        for (String id : GridDefaults.FACTORIZATIONS) {
            known.find(id)
                    .ifPresentOrElse(
                            pca -> defaults.add(new PluginChoice<>(pca, Options.defaults(pca.options()))),
                            () -> problem(root, "the grid needs 'factorizations': " + known.missing(id)));
        }
        return defaults;
    }

    private List<AllocatorChoice> allocators(YamlMapping root) {
        List<BigDecimal> common =
                root.get(GridKey.RATIOS.key()).map(this::ratios).orElse(List.of());
        return choices.allocators(
                plugins.allocators(), required(root, GridKey.ALLOCATORS, "such as [uniform]"), this::ratios, common);
    }

    private Optional<Profile> profile(YamlMapping root) {
        Optional<String> id = text(root, GridKey.PROFILE);
        Optional<Profile> profile = id.flatMap(Profiles::find);
        if (id.isPresent() && profile.isEmpty()) {
            problem(root.get(GridKey.PROFILE.key()).orElse(root), Profiles.missing(id.get()));
        }
        return profile;
    }

    private List<TaskChoice> tasks(YamlMapping root, Optional<Profile> profile) {
        OptionalInt limit = whole(root, GridKey.LIMIT, 1, Integer.MAX_VALUE);
        return choices.tasks(plugins, required(root, GridKey.TASKS, "such as [tinystories]"), profile, limit);
    }

    private List<BigDecimal> ratios(YamlNode node) {
        return distinct(items(node, GridKey.RATIOS), "ratio", this::ratio);
    }

    private Optional<BigDecimal> ratio(YamlNode node) {
        Optional<BigDecimal> ratio = node instanceof YamlScalar scalar
                ? scalar.decimal().filter(value -> value.signum() >= 0 && value.compareTo(BigDecimal.ONE) < 0)
                : Optional.empty();
        if (ratio.isEmpty()) {
            problem(
                    node,
                    "ratio is " + node.describe()
                            + ", expected a number of at least 0 and below 1: the share of parameters that is removed");
        }
        return ratio.map(BigDecimal::stripTrailingZeros);
    }

    private List<Long> seeds(YamlMapping root) {
        return root.get(GridKey.SEEDS.key())
                .map(node -> distinct(
                        items(node, GridKey.SEEDS),
                        "seed",
                        seed -> values.read("seed", SampleOptions.SEED_TYPE, seed)
                                .map(value -> (Long) value)))
                .orElse(GridDefaults.SEEDS);
    }

    private LayerFilter layers(YamlMapping root) {
        Optional<YamlNode> node = root.get(GridKey.LAYERS.key());
        if (node.isEmpty()) {
            return LayerFilter.NONE;
        }
        if (!(node.get() instanceof YamlMapping layers)) {
            problem(
                    node.get(),
                    "layers is " + node.get().describe() + ", expected a mapping such as {exclude: ['*.down_proj']}");
            return LayerFilter.NONE;
        }
        checkKeys(layers, "layers", List.of("exclude"));
        Optional<YamlNode> exclude = layers.get("exclude");
        if (exclude.isEmpty()) {
            problem(layers, "layers needs 'exclude': patterns of layer keys, such as ['*.down_proj']");
            return LayerFilter.NONE;
        }
        List<YamlNode> patterns = exclude.get() instanceof YamlSequence list ? list.items() : List.of(exclude.get());
        return new LayerFilter(distinct(patterns, "pattern", pattern -> text("pattern", pattern)));
    }

    private <P extends Plugin> Optional<String> plugin(YamlMapping root, GridKey key, PluginSet<P> known) {
        Optional<String> id = text(root, key).filter(name -> !name.equals(GridDefaults.AUTO));
        if (id.isPresent() && known.find(id.get()).isEmpty()) {
            problem(root.get(key.key()).orElse(root), known.missing(id.get()));
        }
        return id;
    }

    private OptionalInt whole(YamlMapping root, GridKey key, int min, int max) {
        return root.get(key.key())
                .flatMap(node -> values.read(key.key(), new OptionType.Whole(min, max), node))
                .map(value -> OptionalInt.of(Math.toIntExact((Long) value)))
                .orElse(OptionalInt.empty());
    }

    private Optional<String> text(YamlMapping root, GridKey key) {
        return root.get(key.key()).flatMap(node -> text(key.key(), node));
    }

    private Optional<String> text(String what, YamlNode node) {
        Optional<String> text = values.read(what, new OptionType.Text(), node).map(value -> (String) value);
        if (text.isPresent() && text.get().isBlank()) {
            problem(node, what + " is empty");
            return Optional.empty();
        }
        return text;
    }

    private List<YamlNode> required(YamlMapping root, GridKey key, String example) {
        Optional<YamlNode> node = root.get(key.key());
        if (node.isEmpty()) {
            problem(root, "the grid needs '" + key.key() + "', " + example);
            return List.of();
        }
        return items(node.get(), key);
    }

    /** A list's items; a single value is a list of one. */
    private List<YamlNode> items(YamlNode node, GridKey key) {
        if (!(node instanceof YamlSequence list)) {
            return List.of(node);
        }
        if (list.items().isEmpty()) {
            problem(list, key.key() + " is an empty list, which leaves no cell; give at least one");
        }
        return list.items();
    }

    private <T> List<T> distinct(List<YamlNode> nodes, String what, Function<YamlNode, Optional<T>> reader) {
        Set<T> distinct = new LinkedHashSet<>();
        for (YamlNode node : nodes) {
            Optional<T> value = reader.apply(node);
            if (value.isPresent() && !distinct.add(value.get())) {
                findings.warning(node.problem(what + " " + plain(node) + " stands twice; it counts once"));
            }
        }
        return List.copyOf(distinct);
    }

    private static String plain(YamlNode node) {
        return node instanceof YamlScalar scalar ? scalar.text() : node.describe();
    }

    private void checkKeys(YamlMapping mapping, String owner, List<String> known) {
        for (Entry entry : mapping.entries().values()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                String hint = NearestNames.hint(key, known);
                problem(
                        entry.key(),
                        owner + " has no key '" + key + "'"
                                + (hint.isEmpty() ? "; known: " + String.join(", ", known) : hint));
            }
        }
    }

    private void problem(YamlNode node, String sentence) {
        findings.problem(node.problem(sentence));
    }
}
