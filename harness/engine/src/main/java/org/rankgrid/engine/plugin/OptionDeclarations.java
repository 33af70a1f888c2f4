package org.rankgrid.engine.plugin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;

/** Checks declarations of options: names, ranges, and whether defaults lie in them. */
final class OptionDeclarations {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");

    private OptionDeclarations() {}

    /**
     * What is wrong with a declaration; empty if nothing is.
     *
     * @param reserved names that mean something else in a grid
     */
    static List<String> problems(List<OptionSpec> specs, Set<String> reserved) {
        List<String> wrong = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (OptionSpec spec : specs) {
            String option = "option '" + spec.name() + "' ";
            if (!NAME.matcher(spec.name()).matches()) {
                wrong.add(option + "is not named by lower-case words joined by hyphens or underscores");
            }
            if (reserved.contains(spec.name())) {
                wrong.add(option + "has a reserved name");
            }
            if (!names.add(spec.name())) {
                wrong.add(option + "is declared twice");
            }
            if (!sound(spec.type())) {
                wrong.add(option + "allows no value");
            } else if (spec.defaultValue().isPresent()
                    && !OptionTypes.allows(spec.type(), spec.defaultValue().get())) {
                wrong.add(option + "has the default " + spec.defaultValue().get() + ", which is not "
                        + OptionTypes.expectation(spec.type()));
            }
        }
        if (specs.stream()
                        .filter(spec -> spec.type() instanceof OptionType.Allocator)
                        .count()
                > 1) {
            wrong.add("more than one option names an allocator");
        }
        return wrong;
    }

    private static boolean sound(OptionType type) {
        return switch (type) {
            case OptionType.Whole(long min, long max) -> min <= max;
            case OptionType.Real(double min, double max) -> min <= max;
            case OptionType.Choice(List<String> words) ->
                !words.isEmpty() && new HashSet<>(words).size() == words.size();
            case OptionType.Flag() -> true;
            case OptionType.Text() -> true;
            case OptionType.File() -> true;
            case OptionType.Allocator() -> true;
        };
    }
}
