package org.rankgrid.engine.grid;

import java.util.Optional;

/**
 * One point of a grid: a model, dense or compressed in one way.
 *
 * @param id readable, followed by the first 8 hex digits of the identity; fit for a file name
 * @param identity SHA-256, in hex, of everything that determines the cell's weights
 * @param model the reference, as the grid gives it
 * @param compression how it is compressed; empty for the dense model
 */
public record Cell(String id, String identity, String model, Optional<Compression> compression) {

    /** Whether the model is scored as it is. */
    public boolean isDense() {
        return compression.isEmpty();
    }
}
