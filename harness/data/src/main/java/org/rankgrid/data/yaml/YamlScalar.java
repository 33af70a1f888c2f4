package org.rankgrid.data.yaml;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A single value, with the exact text it was written as.
 *
 * @param position where it stands
 * @param type what the core schema takes it for
 * @param text as written, quotes and escapes resolved
 * @param tag the tag of a {@link ScalarType#TAGGED} scalar ({@code !function}); empty for all others
 */
public record YamlScalar(YamlPosition position, ScalarType type, String text, Optional<String> tag)
        implements YamlNode {

    /** Longest literal that is taken for a number: more digits than any double needs. */
    private static final int LONGEST_NUMBER = 400;

    /** Powers of ten beyond every double; larger ones would make exact arithmetic explode. */
    private static final int LARGEST_SCALE = 400;

    private static final int SHOWN = 60;

    /** A text. */
    public static YamlScalar text(YamlPosition position, String text) {
        return new YamlScalar(position, ScalarType.TEXT, text, Optional.empty());
    }

    /** Whether it is a text. */
    public boolean isText() {
        return type == ScalarType.TEXT;
    }

    /** The value of a whole number that fits in 64 bits. */
    public OptionalLong whole() {
        if (type != ScalarType.WHOLE || text.length() > LONGEST_NUMBER) {
            return OptionalLong.empty();
        }
        try {
            if (text.startsWith("0o")) {
                return OptionalLong.of(Long.parseLong(text.substring(2), 8));
            }
            if (text.startsWith("0x")) {
                return OptionalLong.of(Long.parseLong(text.substring(2), 16));
            }
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** The exact value of a finite number, whole or real, that is not absurdly long, large or small. */
    public Optional<BigDecimal> decimal() {
        if (type == ScalarType.WHOLE && (text.startsWith("0o") || text.startsWith("0x"))) {
            OptionalLong whole = whole();
            return whole.isPresent() ? Optional.of(BigDecimal.valueOf(whole.getAsLong())) : Optional.empty();
        }
        if ((type != ScalarType.WHOLE && type != ScalarType.REAL) || text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal value = new BigDecimal(text);
            return Math.abs((long) value.scale()) > LARGEST_SCALE ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException notFinite) {
            return Optional.empty();
        }
    }

    /** The value of a flag. */
    public Optional<Boolean> flag() {
        return type == ScalarType.FLAG ? Optional.of(text.equalsIgnoreCase("true")) : Optional.empty();
    }

    @Override
    public String describe() {
        return switch (type) {
            case TEXT -> "the text '" + shown() + "'";
            case WHOLE, REAL, FLAG -> shown();
            case NULL -> "nothing";
            case TAGGED -> "'" + shown() + "' tagged " + tag.orElse("");
        };
    }

    private String shown() {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, line.offsetByCodePoints(0, SHOWN / 2)) + "...";
    }
}
