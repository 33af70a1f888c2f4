package org.rankgrid.tasks.template;

import java.util.List;
import java.util.Optional;

/**
 * The variable {@code loop} in a loop.
 *
 * @param index0 the round, from 0
 * @param length how many rounds there are
 */
record Loop(long index0, long length) {

    static final List<String> ATTRIBUTES =
            List.of("index", "index0", "revindex", "revindex0", "first", "last", "length");

    Optional<Object> attribute(String name) {
        return switch (name) {
            case "index" -> Optional.of(index0 + 1);
            case "index0" -> Optional.of(index0);
            case "revindex" -> Optional.of(length - index0);
            case "revindex0" -> Optional.of(length - index0 - 1);
            case "first" -> Optional.of(index0 == 0);
            case "last" -> Optional.of(index0 == length - 1);
            case "length" -> Optional.of(length);
            default -> Optional.empty();
        };
    }
}
