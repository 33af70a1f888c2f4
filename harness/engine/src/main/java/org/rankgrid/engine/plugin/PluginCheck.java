package org.rankgrid.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;

/**
 * Checks what a plugin says about itself before anyone relies on it.
 *
 * @param kind the kind it is to be
 * @param problems receives what is wrong
 */
record PluginCheck(PluginKind kind, Consumer<PluginProblem> problems) {

    /** The plugin under its id, unless something is wrong with it. */
    <P extends Plugin> Optional<Discovered<P>> check(P plugin, Origin origin) {
        List<String> wrong = faults(plugin);
        for (String sentence : wrong) {
            problems.accept(new PluginProblem(kind.word() + " of " + origin + " is left out: " + sentence));
        }
        return wrong.isEmpty() ? Optional.of(new Discovered<>(plugin.id().strip(), plugin, origin)) : Optional.empty();
    }

    /** What is wrong with a plugin, a clause each. */
    List<String> faults(Plugin plugin) {
        List<String> wrong = new ArrayList<>();
        try {
            String id = said(plugin::id, "id", wrong);
            if (!id.isEmpty() && !kind.wellFormed(id)) {
                wrong.add("the id '" + id + "' is not made of lower-case letters, digits and single hyphens");
            }
            if (kind.reservedIds().contains(id)) {
                wrong.add("the id '" + id + "' is reserved");
            }
            said(plugin::summary, "summary", wrong);
            said(plugin::version, "version", wrong);
            List<OptionSpec> options = plugin.options();
            if (plugin instanceof Allocator allocator) {
                // Grids are validated by it, outside any cell.
                allocator.fixedPlan();
            }
            wrong.addAll(OptionDeclarations.problems(options, kind.reservedOptions()));
            if (kind != PluginKind.ALLOCATOR
                    && options.stream().anyMatch(option -> option.type() instanceof OptionType.Allocator)) {
                wrong.add("only allocators may have an option that names an allocator");
            }
        } catch (RuntimeException | LinkageError e) {
            wrong.add("it fails when asked about itself: " + Reason.of(e));
        }
        return wrong;
    }

    /** Plugins are foreign code: null comes, whatever the interface promises. */
    private static String said(Supplier<String> text, String what, List<String> wrong) {
        String value = Optional.ofNullable(text.get()).orElse("").strip();
        if (value.isEmpty()) {
            wrong.add("it has no " + what);
        }
        return value;
    }
}
