package org.rankgrid.engine.plugin;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;

/**
 * Reads the value of an option that names an allocator: an id, {@code {id: ..., option: value}}, or {@code none}. Its options
 * are checked like those of an allocator the grid names itself, except that a list is no axis.
 *
 * @param values converts single values; its findings receive every problem
 */
record ReferenceReader(TypedValues values) {

    /** Most allocators that may start from one another. */
    static final int DEEPEST = 3;

    /**
     * The reference of a node, with the options that differ from their defaults; empty, and a problem reported, if it has
     * none.
     *
     * @param what what is being read, as the subject of a sentence
     */
    Optional<Object> read(String what, YamlNode node) {
        YamlMapping options =
                node instanceof YamlMapping given ? given : new YamlMapping(node.position(), new LinkedHashMap<>());
        YamlNode id = options.get("id").orElse(node);
        if (!(id instanceof YamlScalar scalar && scalar.isText())) {
            problem(
                    id,
                    what + " is " + id.describe() + ", expected "
                            + OptionTypes.expectation(new OptionType.Allocator()));
            return Optional.empty();
        }
        String name = scalar.text();
        if (name.equals(OptionTypes.NONE) && options.entries().size() <= 1) {
            return Optional.of(AllocatorReference.NONE);
        }
        Optional<Allocator> plugin = values.allocators().find(name);
        if (plugin.isEmpty()) {
            problem(id, what + ": " + values.allocators().missing(name));
            return Optional.empty();
        }
        if (values.depth() >= DEEPEST) {
            problem(id, what + " is inside " + DEEPEST + " others already, which is as deep as starts may be nested");
            return Optional.empty();
        }
        String owner = PluginKind.ALLOCATOR.word() + " '" + name + "'";
        return new OptionValues(owner, plugin.get().options(), Set.of("id"), values.deeper())
                .single(options)
                .map((Options read) -> new AllocatorReference(
                        name, OptionValues.given(plugin.get().options(), read)));
    }

    private void problem(YamlNode node, String sentence) {
        values.findings().problem(node.problem(sentence));
    }
}
