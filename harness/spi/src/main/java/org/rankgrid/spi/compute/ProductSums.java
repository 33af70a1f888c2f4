package org.rankgrid.spi.compute;

/**
 * Accumulators on a backend for products of corresponding elements of two activations, column by column; read by
 * {@link BackwardOperations#values}.
 */
public interface ProductSums {

    /** Number of columns. */
    int columns();
}
