package org.rankgrid.engine.allocate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what an allocator wants recorded: it has to stand in a result, and plugins are foreign code. */
final class RecordedFacts {

    private RecordedFacts() {}

    /**
     * The value, if a result can hold it.
     *
     * @throws IllegalStateException if it cannot
     */
    static Object checked(String allocator, String name, @Nullable Object value) {
        if (value == null || !isPlain(value)) {
            throw new IllegalStateException("allocator " + allocator + " records '" + name
                    + "', which is not made of texts, flags, whole numbers, finite numbers, lists and maps");
        }
        return value;
    }

    private static boolean isPlain(@Nullable Object value) {
        return switch (value) {
            case String _ -> true;
            case Boolean _ -> true;
            case Long _ -> true;
            case Integer _ -> true;
            case Double real -> Double.isFinite(real);
            case List<?> list -> list.stream().allMatch(RecordedFacts::isPlain);
            case Map<?, ?> map ->
                map.keySet().stream().allMatch(String.class::isInstance)
                        && map.values().stream().allMatch(RecordedFacts::isPlain);
            case null, default -> false;
        };
    }
}
