package org.rankgrid.model.decoder;

import org.jspecify.annotations.Nullable;
import org.rankgrid.model.decoder.PositionSpec.Rotary;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/**
 * The activations of one block at a time, shared by all blocks and kept from batch to batch as long as the number of tokens
 * stays the same. Used by one thread.
 */
public final class Workspace implements AutoCloseable {

    private final DecoderSpec spec;
    private final Backend backend;
    private @Nullable Activations activations;
    private @Nullable Rotation rotation;

    /** An empty workspace: memory is taken at the first batch. */
    public Workspace(DecoderSpec spec, Backend backend) {
        this.spec = spec;
        this.backend = backend;
    }

    /** Tensors for a block over t tokens; those of another number of tokens are freed. */
    Activations activations(int tokens) {
        Activations held = activations;
        if (held == null || held.middle.rows() != tokens) {
            // Freed before the next is taken: two never exist side by side.
            releaseActivations();
            held = Activations.lean(spec, tokens, backend.scope());
            activations = held;
        }
        return held;
    }

    /** Cosines and sines for at least so many positions. */
    Rotation rotation(Rotary rotary, int positions) {
        Rotation held = rotation;
        if (held == null || held.cosine.rows() < positions) {
            // Doubling, so that batches that grow one by one do not compute a table each.
            int rows = held == null ? positions : Math.max(positions, 2 * held.cosine.rows());
            releaseRotation();
            held = new Rotation(RotaryTable.of(rotary, Math.min(rows, spec.maximumPositions())), backend.scope());
            rotation = held;
        }
        return held;
    }

    /** Frees the memory. The workspace may be used again. */
    @Override
    public void close() {
        releaseActivations();
        releaseRotation();
    }

    private void releaseActivations() {
        if (activations != null) {
            activations.close();
            activations = null;
        }
    }

    private void releaseRotation() {
        if (rotation != null) {
            rotation.scope.close();
            rotation = null;
        }
    }

    /** Cosines and sines on the backend, positions by r. */
    static final class Rotation {

        private final Scope scope;
        final Tensor cosine;
        final Tensor sine;

        private Rotation(RotaryTable table, Scope scope) {
            this.scope = scope;
            cosine = scope.upload(table.cosine(), table.positions(), table.pairs());
            sine = scope.upload(table.sine(), table.positions(), table.pairs());
        }
    }
}
