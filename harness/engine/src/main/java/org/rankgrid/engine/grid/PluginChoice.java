package org.rankgrid.engine.grid;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.engine.plugin.OptionValues;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;

/**
 * A plugin with one set of options.
 *
 * @param plugin the plugin
 * @param options all its options, defaults filled in
 * @param start the allocator that one of the options names, with its own options; empty if none does
 * @param <P> its kind
 */
public record PluginChoice<P extends Plugin>(P plugin, Options options, Optional<PluginChoice<Allocator>> start) {

    /** A plugin whose options name no allocator. */
    public PluginChoice(P plugin, Options options) {
        this(plugin, options, Optional.empty());
    }

    /** The plugin's id. */
    public String id() {
        return plugin.id();
    }

    /** The options that differ from their defaults, in the order of declaration: what tells this choice from others. */
    public SequencedMap<String, Object> given() {
        return OptionValues.given(plugin.options(), options);
    }

    /** {@code id:name=value:name=value}, with the options that differ from their defaults. */
    public String label() {
        return label(id());
    }

    /** The label under another name than the plugin's id. */
    String label(String name) {
        StringBuilder label = new StringBuilder(name);
        for (Map.Entry<String, Object> option : given().entrySet()) {
            label.append(':').append(option.getKey()).append('=').append(OptionTypes.text(option.getValue()));
        }
        return label.toString();
    }
}
