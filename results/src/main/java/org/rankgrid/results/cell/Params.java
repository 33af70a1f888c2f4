package org.rankgrid.results.cell;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a cell keeps.
 *
 * @param linearDense parameters of the compressible linear layers before compression
 * @param linearKept parameters of these layers after it
 * @param budget what they were allowed to keep; empty for a plan without a ratio
 * @param raw parameters of the allocator's wish before it was repaired to integers; empty where there was no wish
 * @param modelKept parameters of the whole model after compression
 * @param bytes size of the whole model after compression
 * @param macsPerToken multiply-accumulates of the linear layers and the head for one token
 */
public record Params(
        long linearDense,
        long linearKept,
        OptionalLong budget,
        OptionalDouble raw,
        long modelKept,
        long bytes,
        long macsPerToken) {

    /** The share of the linear layers' parameters that is kept. */
    public double keptShare() {
        return (double) linearKept / linearDense;
    }
}
