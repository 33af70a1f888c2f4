package org.rankgrid.engine.grid;

import java.util.OptionalLong;

/**
 * Sequences drawn from a corpus.
 *
 * @param corpus its name or path, as the grid gives it
 * @param sequences how many
 * @param length tokens of each
 * @param seed of the draw; empty for the cell's own
 */
public record TextSample(String corpus, int sequences, int length, OptionalLong seed) {

    /** The seed of the draw for a cell. */
    public long seed(long cellSeed) {
        return seed.orElse(cellSeed);
    }
}
