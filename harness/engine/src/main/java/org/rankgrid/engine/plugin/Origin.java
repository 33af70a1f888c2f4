package org.rankgrid.engine.plugin;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a plugin came from.
 *
 * @param className the class that provides it
 * @param jar the jar that holds the class; empty for what came with rankgrid on its class path
 */
public record Origin(String className, Optional<Path> jar) {

    /** The jar, or {@code built in}. */
    public String place() {
        return jar.map(Path::toString).orElse("built in");
    }

    /** The class and its place, for messages. */
    @Override
    public String toString() {
        return "class " + className + " (" + place() + ")";
    }
}
