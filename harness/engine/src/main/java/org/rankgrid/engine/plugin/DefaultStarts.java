package org.rankgrid.engine.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;

/** Checks the allocators that others start from by default: that they are there, take the options, and end somewhere. */
final class DefaultStarts {

    private final Map<String, Allocator> known = new HashMap<>();

    private DefaultStarts(List<Discovered<Allocator>> allocators) {
        allocators.forEach(allocator -> known.put(allocator.id(), allocator.plugin()));
    }

    /** The allocators whose default start can be had; the others become problems. */
    static List<Discovered<Allocator>> sound(List<Discovered<Allocator>> allocators, Consumer<PluginProblem> problems) {
        List<Discovered<Allocator>> sound = new ArrayList<>(allocators);
        // Leaving one out may take the start of another away.
        while (true) {
            DefaultStarts starts = new DefaultStarts(sound);
            Map<Discovered<Allocator>, String> wrong = new HashMap<>();
            for (Discovered<Allocator> allocator : sound) {
                starts.problem(allocator.plugin()).ifPresent(sentence -> wrong.put(allocator, sentence));
            }
            if (wrong.isEmpty()) {
                return sound;
            }
            for (Discovered<Allocator> allocator : sound) {
                if (wrong.containsKey(allocator)) {
                    problems.accept(new PluginProblem(PluginKind.ALLOCATOR.word() + " of " + allocator.origin()
                            + " is left out: " + wrong.get(allocator)));
                }
            }
            sound.removeAll(wrong.keySet());
        }
    }

    private Optional<String> problem(Allocator allocator) {
        for (OptionSpec spec : allocator.options()) {
            if (spec.defaultValue().orElse("") instanceof AllocatorReference reference && reference.isPresent()) {
                return problem("option '" + spec.name() + "' has the default '" + reference + "', ", reference, 1);
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(String option, AllocatorReference reference, int depth) {
        Allocator named = known.get(reference.id());
        if (named == null) {
            return Optional.of(option + "and there is no allocator '" + reference.id() + "'"
                    + NearestNames.hint(reference.id(), known.keySet()));
        }
        if (depth > ReferenceReader.DEEPEST) {
            return Optional.of(option + "which starts from others more than " + ReferenceReader.DEEPEST + " deep");
        }
        for (OptionSpec spec : named.options()) {
            Object value = reference.options().get(spec.name());
            if (value != null && !OptionTypes.allows(spec.type(), value)) {
                return Optional.of(
                        option + "whose option '" + spec.name() + "' takes " + OptionTypes.expectation(spec.type()));
            }
        }
        try {
            Options options = Options.of(named.options(), reference.options());
            return OptionTypes.reference(options).flatMap(next -> problem(option, next, depth + 1));
        } catch (IllegalArgumentException e) {
            return Optional.of(option + "which does not fit: " + e.getMessage());
        }
    }
}
