package org.rankgrid.model.decoder;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Role;

/**
 * Room for what the layers with components of one block compute in the basis of these, all t by components, that serves one
 * block after the other: V x, kept from the way forward for the way back where the components are watched, and two tensors
 * for what is in use only at once.
 */
final class Coordinates {

    private final Scope scope;
    private final int tokens;
    private final boolean watched;
    private final Map<Role, Tensor> values = new EnumMap<>(Role.class);
    private final Set<Role> kept = EnumSet.noneOf(Role.class);
    private @Nullable Tensor masked;
    private @Nullable Tensor gradients;

    /**
     * Room in a scope, taken as it is needed.
     *
     * @param watched whether an observer wants the components on the way back
     */
    Coordinates(Scope scope, int tokens, boolean watched) {
        this.scope = scope;
        this.tokens = tokens;
        this.watched = watched;
    }

    /** Whether an observer wants the components on the way back. */
    boolean watched() {
        return watched;
    }

    /** Forgets what was kept: another block begins. */
    void begin() {
        kept.clear();
    }

    /** Room for V x of a layer, kept until it is taken. */
    Tensor keep(Role role, int components) {
        kept.add(role);
        return values(role, components);
    }

    /** Whether V x of a layer was kept since it was last asked. */
    boolean take(Role role) {
        return kept.remove(role);
    }

    /** V x of a layer, or room for it. */
    Tensor values(Role role, int components) {
        Tensor room = fitting(values.get(role), components);
        values.put(role, room);
        return room.reuse(tokens, components);
    }

    /** Room for the first components times a mask. */
    Tensor masked(int components) {
        masked = fitting(masked, components);
        return masked.reuse(tokens, components);
    }

    /** Room for gradients in the basis of the components. */
    Tensor gradients(int components) {
        gradients = fitting(gradients, components);
        return gradients.reuse(tokens, components);
    }

    private Tensor fitting(@Nullable Tensor room, int components) {
        return room == null || room.columns() < components ? scope.tensor(tokens, components) : room;
    }
}
