package org.rankgrid.engine.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.rankgrid.spi.Sha256;

/**
 * Everything that decides a result, by name, in a fixed order. Two results with the same identity have the same content.
 */
public final class Identity {

    private final SequencedMap<String, String> parts;

    private Identity(SequencedMap<String, String> parts) {
        this.parts = parts;
    }

    /**
     * The identity of something a stage makes.
     *
     * @param stage the stage
     * @param codeVersion raised whenever the stage's code makes different numbers from the same input
     */
    public static Identity of(String stage, int codeVersion) {
        return new Identity(new LinkedHashMap<>(Map.of("stage", stage + "/" + codeVersion)));
    }

    /** This identity and one more part. */
    public Identity with(String name, Object value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(parts);
        if (more.put(name, String.valueOf(value)) != null) {
            throw new IllegalArgumentException("an identity has '" + name + "' twice");
        }
        return new Identity(more);
    }

    /** The parts by name, in order. */
    public SequencedMap<String, String> parts() {
        return new LinkedHashMap<>(parts);
    }

    /** SHA-256 in hex over names and values, each preceded by its length, so that no two identities read the same. */
    public String hash() {
        StringBuilder text = new StringBuilder();
        parts.forEach((name, value) -> text.append(name.length())
                .append(':')
                .append(name)
                .append(value.length())
                .append(':')
                .append(value));
        return Sha256.of(text.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
