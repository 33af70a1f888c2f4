package org.rankgrid.tasks.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Functions by name. */
final class Functions {

    private final SequencedMap<String, Function> byName = new LinkedHashMap<>();

    Functions(List<Function> functions) {
        functions.forEach(function -> byName.put(function.name(), function));
    }

    Optional<Function> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    SequencedSet<String> names() {
        return byName.sequencedKeySet();
    }
}
