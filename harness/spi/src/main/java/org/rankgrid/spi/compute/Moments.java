package org.rankgrid.spi.compute;

/** Accumulators on a backend for the moments of an activation; read by {@link Operations#values}. */
public interface Moments {

    /** n, features of the activation. */
    int columns();

    /** Number of groups whose sums are kept apart. */
    int groups();
}
