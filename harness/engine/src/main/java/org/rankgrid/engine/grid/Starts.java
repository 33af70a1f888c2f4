package org.rankgrid.engine.grid;

import java.util.Optional;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.engine.plugin.PluginSet;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;

/**
 * Finds the allocators that others start from.
 *
 * @param known the allocators there are
 */
record Starts(PluginSet<Allocator> known) {

    /** The allocator that one of the options names, its defaults filled in; empty if none does. */
    Optional<PluginChoice<Allocator>> of(Options options) {
        return OptionTypes.reference(options).map(reference -> {
            Allocator plugin = known.get(reference.id());
            Options own = Options.of(plugin.options(), reference.options());
            return new PluginChoice<>(plugin, own, of(own));
        });
    }
}
