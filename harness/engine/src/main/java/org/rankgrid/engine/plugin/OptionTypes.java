package org.rankgrid.engine.plugin;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;

/** What the types of options mean: in words, and as a test of values. */
public final class OptionTypes {

    /** How a person names no allocator. */
    public static final String NONE = "none";

    private OptionTypes() {}

    /** The allocator that one of the options names; empty if none does. */
    public static Optional<AllocatorReference> reference(Options options) {
        return options.asMap().values().stream()
                .filter(value -> value instanceof AllocatorReference reference && reference.isPresent())
                .map(value -> (AllocatorReference) value)
                .findFirst();
    }

    /** The value of an option as a person writes it: of a file its name, of an allocator {@code id:option=value}. */
    public static String text(Object value) {
        return switch (value) {
            case FileContent file -> file.name();
            case AllocatorReference reference when !reference.isPresent() -> NONE;
            case AllocatorReference reference -> {
                StringBuilder text = new StringBuilder(reference.id());
                reference
                        .options()
                        .forEach((name, own) ->
                                text.append(':').append(name).append('=').append(text(own)));
                yield text.toString();
            }
            default -> String.valueOf(value);
        };
    }

    /** The values of a type, as the object of "expected ...". */
    public static String expectation(OptionType type) {
        return switch (type) {
            case OptionType.Whole(long min, long max) ->
                "a whole number" + range(min > Long.MIN_VALUE, min, max < Long.MAX_VALUE, max);
            case OptionType.Real(double min, double max) ->
                "a number" + range(min > -Double.MAX_VALUE, number(min), max < Double.MAX_VALUE, number(max));
            case OptionType.Flag() -> "true or false";
            case OptionType.Choice(List<String> words) ->
                words.size() == 1 ? "'" + words.getFirst() + "'" : "one of " + String.join(", ", words);
            case OptionType.Text() -> "a text";
            case OptionType.File() -> "the path of a file";
            case OptionType.Allocator() -> "the id of an allocator, or {id: ..., option: value}";
        };
    }

    /** Whether a value is of the type's Java class and in its range. */
    public static boolean allows(OptionType type, Object value) {
        return switch (type) {
            case OptionType.Whole(long min, long max) -> value instanceof Long whole && whole >= min && whole <= max;
            case OptionType.Real(double min, double max) ->
                value instanceof Double real && Double.isFinite(real) && real >= min && real <= max;
            case OptionType.Flag() -> value instanceof Boolean;
            case OptionType.Choice(List<String> words) -> value instanceof String word && words.contains(word);
            case OptionType.Text() -> value instanceof String;
            case OptionType.File() -> value instanceof FileContent;
            case OptionType.Allocator() -> value instanceof AllocatorReference;
        };
    }

    private static String range(boolean hasMin, Object min, boolean hasMax, Object max) {
        if (hasMin && hasMax) {
            return " from " + min + " to " + max;
        }
        return hasMin ? " of at least " + min : hasMax ? " of at most " + max : "";
    }

    /** A double as a person writes it: 1 rather than 1.0. */
    private static String number(double value) {
        double size = Math.abs(value);
        boolean plain = value == 0 || (size >= 1e-4 && size < 1e7);
        return plain
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
