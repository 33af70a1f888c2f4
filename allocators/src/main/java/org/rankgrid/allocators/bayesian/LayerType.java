package org.rankgrid.allocators.bayesian;

import java.util.Locale;
import org.rankgrid.spi.rank.Role;

/** Layers that share a variable of the search. */
enum LayerType {
    QK(0.8),
    V(0.8),
    O(0.8),
    GATE(1),
    UP(1),
    DOWN(1);

    private final double lengthScale;

    LayerType(double lengthScale) {
        this.lengthScale = lengthScale;
    }

    static LayerType of(Role role) {
        return switch (role) {
            case Q, K -> QK;
            case V -> V;
            case O -> O;
            case GATE -> GATE;
            case UP -> UP;
            case DOWN -> DOWN;
        };
    }

    /** Where the search for the length scale of this type's variables begins. */
    double lengthScale() {
        return lengthScale;
    }

    /**
     * The share that the first trial keeps: 0.5 of q, k and o and the target of feed-forward networks, as published for
     * ratios 0.2 and 0.3, with straight lines from there to 1 at ratio 0 and to 0 at ratio 1.
     */
    double start(double ratio) {
        return switch (this) {
            case V -> 1;
            case QK, O -> ratio <= 0.2 ? 1 - 2.5 * ratio : Math.min(0.5, (1 - ratio) / 1.4);
            case GATE, UP, DOWN -> 1 - ratio;
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
