package org.rankgrid.tasks.template;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Names and their values: the row's fields, and above them what the template sets, each round of a loop for itself. */
final class Scope {

    private final @Nullable Scope outer;
    private final Map<String, @Nullable Object> values;

    private Scope(@Nullable Scope outer, Map<String, @Nullable Object> values) {
        this.outer = outer;
        this.values = values;
    }

    static Scope of(SequencedMap<String, @Nullable Object> fields) {
        return new Scope(new Scope(null, fields), new LinkedHashMap<>());
    }

    Scope inner() {
        return new Scope(this, new LinkedHashMap<>());
    }

    void set(String name, @Nullable Object value) {
        values.put(name, value);
    }

    /** The innermost value of a name; {@link Undefined} if there is none. */
    @Nullable
    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        return new Undefined("the template names '" + name + "', which the row does not have"
                + Names.known(name, names(), "its fields are"));
    }

    private SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            names.addAll(scope.values.keySet());
        }
        return names;
    }
}
