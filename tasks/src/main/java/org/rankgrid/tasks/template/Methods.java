package org.rankgrid.tasks.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of strings, lists and dicts. */
final class Methods {

    /** What hides a field of the same name from {@code dict.name}, known here or not. */
    private static final Set<String> OF_PYTHONS_DICT = Set.of(
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values");

    private static final List<Functions> ALL = List.of(StringMethods.KNOWN, ListMethods.KNOWN, DictMethods.KNOWN);

    private Methods() {}

    /** The methods of that name, of whatever type. */
    static List<Function> named(String name) {
        List<Function> named = new ArrayList<>();
        ALL.forEach(methods -> methods.find(name).ifPresent(named::add));
        return named;
    }

    static SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>();
        ALL.forEach(methods -> names.addAll(methods.names()));
        return names;
    }

    /** The method of a value. */
    static Optional<Function> of(@Nullable Object value, String name) {
        return switch (value) {
            case String text -> StringMethods.KNOWN.find(name);
            case List<?> list -> ListMethods.KNOWN.find(name);
            case Map<?, ?> map -> DictMethods.KNOWN.find(name);
            case null, default -> Optional.empty();
        };
    }

    /** Whether {@code value.name} is a method, so that it means nothing without brackets. */
    static boolean hides(@Nullable Object value, String name) {
        return value instanceof Map
                ? OF_PYTHONS_DICT.contains(name)
                : of(value, name).isPresent();
    }
}
