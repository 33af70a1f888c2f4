package org.rankgrid.engine.grid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;

/**
 * A plugin with one set of options.
 *
 * @param plugin the plugin
 * @param options all its options, defaults filled in
 * @param <P> its kind
 */
public record PluginChoice<P extends Plugin>(P plugin, Options options) {

    /** The plugin's id. */
    public String id() {
        return plugin.id();
    }

    /** The options that differ from their defaults, in the order of declaration: what tells this choice from others. */
    public SequencedMap<String, Object> given() {
        SequencedMap<String, Object> given = new LinkedHashMap<>(options.asMap());
        for (OptionSpec spec : plugin.options()) {
            spec.defaultValue().ifPresent(value -> given.remove(spec.name(), value));
        }
        return given;
    }

    /** {@code id:name=value:name=value}, with the options that differ from their defaults. */
    public String label() {
        StringBuilder label = new StringBuilder(id());
        for (Map.Entry<String, Object> option : given().entrySet()) {
            label.append(':').append(option.getKey()).append('=').append(OptionText.of(option.getValue()));
        }
        return label.toString();
    }
}
